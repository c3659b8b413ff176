using System.Net;
using System.Net.Sockets;

namespace OpenClaw.Gateway.Bus.Redis.Tests;

/// <summary>A wire to the server that the test can cut: after a request has gone through and before its answer comes back, or for good.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _serverPort;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Socket> _sockets = [];
    private readonly Lock _gate = new();
    private readonly Task _accepting;
    private byte[]? _marker;
    private bool _isCut;

    public CuttingProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Configuration => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How often a connection was cut because of the marker.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts the connection on which the next request with these bytes goes to the server, and lets the server have the request.</summary>
    public void CutAfter(byte[] marker)
    {
        lock (_gate)
            _marker = marker;
    }

    /// <summary>Cuts everything and lets nobody through any more.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _isCut = true;
            _sockets.ForEach(s => s.Dispose());
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(CarryAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            lock (_gate)
            {
                _sockets.AddRange([client, server]);
                if (_isCut)
                    return;
            }
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token);
                await Task.WhenAny(PumpAsync(client, server, isRequest: true), PumpAsync(server, client, isRequest: false));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The server is down, or the test is over.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool isRequest)
    {
        var buffer = new byte[64 << 10];
        try
        {
            while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var read)
            {
                var isLast = isRequest && IsMarked(buffer.AsSpan(0, read));
                if (isLast)
                    from.Shutdown(SocketShutdown.Send);
                await to.SendAsync(buffer.AsMemory(0, read), _stop.Token);
                if (!isLast)
                    continue;
                // The server answers what it has read before it sees that nobody is there any more.
                to.Shutdown(SocketShutdown.Send);
                while (await to.ReceiveAsync(buffer, _stop.Token) > 0)
                {
                }
                return;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private bool IsMarked(ReadOnlySpan<byte> request)
    {
        lock (_gate)
        {
            if (_marker is null || request.IndexOf(_marker) < 0)
                return false;
            _marker = null;
            Cuts++;
            return true;
        }
    }
}
