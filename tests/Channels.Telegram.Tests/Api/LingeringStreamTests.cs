using System.Net;
using System.Net.Sockets;
using OpenClaw.Channels.Telegram.Accounts;
using OpenClaw.Channels.Telegram.Api;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Telegram.Tests.Api;

/// <summary>A poll that is given up is over at the other side when it is over at ours.</summary>
public sealed class LingeringStreamTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public LingeringStreamTests() => _listener.Start();

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task PollThatIsCancelled_EndsWhenTheOtherSideHasClosed()
    {
        using var api = Api(TestTimeouts.Wait);
        using var stop = new CancellationTokenSource();
        var poll = PollAsync(api, stop.Token);
        using var server = await _listener.AcceptSocketAsync().WithTimeout();
        await RequestAsync(server);

        await stop.CancelAsync();
        // The end of what we have to say; the poll itself waits.
        Assert.Equal(0, await server.ReceiveAsync(new byte[1]).WithTimeout());
        Assert.False(poll.IsCompleted);
        server.Close();

        Assert.Equal(BotOutcome.Unknown, (await poll.WithTimeout()).Outcome);
    }

    [Fact]
    public async Task PollThatIsCancelled_DoesNotWaitForASideThatNeverCloses()
    {
        using var api = Api(TimeSpan.FromMilliseconds(10));
        using var stop = new CancellationTokenSource();
        var poll = PollAsync(api, stop.Token);
        using var server = await _listener.AcceptSocketAsync().WithTimeout();
        await RequestAsync(server);

        await stop.CancelAsync();

        Assert.Equal(BotOutcome.Unknown, (await poll.WithTimeout()).Outcome);
    }

    private BotApi Api(TimeSpan patience) => new(
        new TelegramAccount("default") { Fingerprint = "", Token = "1:secret", ApiRoot = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}" }, TimeProvider.System, patience);

    private static Task<BotAnswer<System.Text.Json.JsonElement>> PollAsync(BotApi api, CancellationToken cancellationToken) =>
        api.PollAsync(new GetUpdatesRequest { Timeout = 30, AllowedUpdates = [] }, TestTimeouts.Wait, cancellationToken);

    /// <summary>Reads head and body, however they are cut.</summary>
    private static async Task RequestAsync(Socket server)
    {
        var text = "";
        var buffer = new byte[4096];
        while (!text.EndsWith('}'))
            text += System.Text.Encoding.ASCII.GetString(buffer, 0, await server.ReceiveAsync(buffer).WithTimeout());
    }
}
