using System.Net;
using System.Net.Sockets;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Client.Tests.Fakes;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Client.Tests.Connections;

public sealed class GatewayReachTests
{
    [Fact]
    public async Task OpenAsync_ServerThatAcceptsAndIsSilent_TimesOut()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var time = new ManualTimeProvider();
        var options = new GatewayConnectionOptions { Url = new Uri("ws://" + listener.LocalEndpoint), Time = time };

        await Assert.ThrowsAsync<GatewayTimeoutException>(
            () => GatewayConnection.OpenAsync(options).WhileTimePasses(time, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task OpenAsync_NobodyListens_IsRefusedAtOnceInNodesWords()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        // The clock stands still: nothing here may wait.
        var options = new GatewayConnectionOptions { Url = new Uri($"ws://127.0.0.1:{port}"), Time = new ManualTimeProvider() };

        var error = await Assert.ThrowsAsync<GatewayClosedException>(() => GatewayConnection.OpenAsync(options).WithTimeout());

        Assert.Equal("gateway closed (1006 abnormal closure (no close frame)): no close reason", error.Message);
        Assert.Equal($"connect ECONNREFUSED 127.0.0.1:{port}", error.Close.NetworkError);
    }

    [Fact]
    public async Task OpenAsync_UnknownHost_NamesIt()
    {
        var options = new GatewayConnectionOptions { Url = new Uri("ws://gateway.invalid:1") };

        var error = await Assert.ThrowsAsync<GatewayClosedException>(() => GatewayConnection.OpenAsync(options).WithTimeout());

        Assert.Matches("^getaddrinfo (ENOTFOUND|EAI_AGAIN) gateway.invalid$", error.Close.NetworkError);
    }

    [Theory]
    [InlineData("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", "Unexpected server response: 401")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "Unexpected server response: 200")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "socket hang up")]
    [InlineData("", "socket hang up")]
    public async Task OpenAsync_NotAGateway_SaysWhatAnswered(string answer, string networkError)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        var serving = ServeAsync();
        var options = new GatewayConnectionOptions { Url = new Uri("ws://" + listener.LocalEndpoint) };

        var error = await Assert.ThrowsAsync<GatewayClosedException>(() => GatewayConnection.OpenAsync(options).WithTimeout());

        await stop.CancelAsync();
        await serving.WithTimeout();
        Assert.Equal(networkError, error.Close.NetworkError);

        // The HTTP client asks again when nothing was answered, so each connection is served.
        async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync(stop.Token);
                    var stream = client.GetStream();
                    Assert.NotEqual(0, await stream.ReadAsync(new byte[4096]));
                    await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer));
                }
            }
            catch (OperationCanceledException)
            {
                // Stopped.
            }
        }
    }
}
