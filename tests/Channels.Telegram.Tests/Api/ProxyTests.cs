using System.Net;
using System.Net.Sockets;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Channels.Telegram.Tests.Support;
using OpenClaw.Fakes.Telegram;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Telegram.Tests.Api;

/// <summary>The API behind a proxy that cuts connections as it likes.</summary>
public sealed class ProxyTests
{
    [Fact]
    public async Task ProxyThatCutsConnections_NothingIsLostInEitherDirection()
    {
        await using var rig = await TelegramRig.CreateAsync();
        await using var proxy = new CuttingProxy(rig.Server.Address.Port);
        // Names that lead nowhere: whatever arrives came by the proxy.
        await rig.ConnectAsync(section =>
        {
            section["apiRoot"] = "http://telegram.invalid";
            section["proxy"] = proxy.Address;
        });
        for (var i = 1; i <= 10; i++)
        {
            rig.Bot.Enqueue(Updates.Text(TelegramRig.Bob, i, $"message {i}"));
            await rig.Rig.WaitForInboundAsync(i);
            proxy.CutAll();
            Assert.Equal(OutboxState.Delivered, (await rig.SendAsync($"answer {i}")).State);
        }

        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"message {i}"), rig.Rig.Inbound.Select(message => message.Text));
        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"answer {i}"), rig.Bot.Sent.Select(sent => sent.Text).Distinct());
        Assert.True(proxy.Connections > 10);
    }

    /// <summary>A proxy for one server. A request through a proxy names the whole address, which the server takes too, so bytes are passed on as they are.</summary>
    private sealed class CuttingProxy : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly Lock _gate = new();
        private readonly List<TcpClient> _open = [];
        private readonly List<Task> _work = [];
        private readonly int _port;
        private readonly Task _accepting;

        public CuttingProxy(int port)
        {
            _port = port;
            _listener.Start();
            _accepting = AcceptAsync();
        }

        public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        public int Connections { get; private set; }

        public void CutAll()
        {
            lock (_gate)
            {
                foreach (var client in _open)
                    client.Close();
                _open.Clear();
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Dispose();
            CutAll();
            await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.WhenAll(_work).WithTimeout().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }

        private async Task AcceptAsync()
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                lock (_gate)
                {
                    Connections++;
                    _open.Add(client);
                }
                _work.Add(RelayAsync(client));
            }
        }

        private async Task RelayAsync(TcpClient client)
        {
            using var server = new TcpClient();
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _port, _stop.Token);
                var (near, far) = (client.GetStream(), server.GetStream());
                await Task.WhenAny(near.CopyToAsync(far, _stop.Token), far.CopyToAsync(near, _stop.Token));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                // Cut.
            }
            client.Close();
        }
    }
}
