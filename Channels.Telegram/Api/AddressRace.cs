using System.Net;
using System.Net.Sockets;

namespace OpenClaw.Channels.Telegram.Api;

/// <summary>
/// Connects to the first address of a name that answers: they are begun one after the other, each a moment after the one before (RFC 8305), so that a
/// network whose IPv6 leads nowhere costs a quarter of a second and not a timeout.
/// </summary>
internal static class AddressRace
{
    /// <summary>RFC 8305, "Connection Attempt Delay".</summary>
    private static readonly TimeSpan Head = TimeSpan.FromMilliseconds(250);

    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        new NetworkStream(await ConnectSocketAsync(context, cancellationToken).ConfigureAwait(false), ownsSocket: true);

    public static async Task<Socket> ConnectSocketAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var endpoint = context.DnsEndPoint;
        var addresses = Order(await Dns.GetHostAddressesAsync(endpoint.Host, cancellationToken).ConfigureAwait(false));
        if (addresses.Count == 0)
            throw new SocketException((int)SocketError.HostNotFound);
        using var won = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var attempts = new List<Task<Socket>>();
        var failed = new TaskCompletionSource[addresses.Count];
        for (var i = 0; i < addresses.Count; i++)
        {
            failed[i] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            attempts.Add(AttemptAsync(addresses[i], endpoint.Port, i == 0 ? Task.CompletedTask : failed[i - 1].Task, failed[i], Head * i, won.Token));
        }
        return await FirstAsync(attempts, won).ConfigureAwait(false);
    }

    /// <summary>Families in turn, beginning with IPv4, which works wherever the API is reached at all.</summary>
    internal static IReadOnlyList<IPAddress> Order(IReadOnlyList<IPAddress> addresses)
    {
        var four = addresses.Where(static a => a.AddressFamily is AddressFamily.InterNetwork).ToList();
        var six = addresses.Where(static a => a.AddressFamily is AddressFamily.InterNetworkV6).ToList();
        return [.. Enumerable.Range(0, Math.Max(four.Count, six.Count)).SelectMany(i => four.Skip(i).Take(1).Concat(six.Skip(i).Take(1)))];
    }

    private static async Task<Socket> AttemptAsync(IPAddress address, int port, Task before, TaskCompletionSource failed, TimeSpan head, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // The one before has failed, or had its head start.
            await before.WaitAsync(head, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            await socket.ConnectAsync(address, port, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            failed.TrySetResult();
            throw;
        }
    }

    private static async Task<Socket> FirstAsync(List<Task<Socket>> attempts, CancellationTokenSource won)
    {
        Task<Socket>? winner = null;
        Task<Socket>? last = null;
        while (attempts.Count > 0)
        {
            var done = await Task.WhenAny(attempts).ConfigureAwait(false);
            attempts.Remove(done);
            last = done;
            if (!done.IsCompletedSuccessfully)
                continue;
            if (winner is null)
            {
                winner = done;
                await won.CancelAsync().ConfigureAwait(false);
            }
            else
            {
                (await done.ConfigureAwait(false)).Dispose();
            }
        }
        return await (winner ?? last!).ConfigureAwait(false);
    }
}
