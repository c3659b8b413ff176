using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpenClaw.Benchmarks.Gateway;

/// <summary>
/// A WebSocket client with next to no cost of its own, so that what is measured is the server: raw socket, frames built once,
/// answers counted by their headers and not parsed.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;

    public static async Task<LoadConnection> OpenAsync(int port, string token)
    {
        var connection = new LoadConnection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        await connection._socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        await connection.SkipHttpAsync();
        await connection.ReadTextAsync();
        var connect = "{\"type\":\"req\",\"id\":\"c\",\"method\":\"connect\",\"params\":{\"minProtocol\":3,\"maxProtocol\":3,\"client\":{\"id\":\"test\",\"version\":\"1\",\"platform\":\"linux\",\"mode\":\"test\"},\"auth\":{\"token\":\"" + token + "\"}}}";
        await connection._socket.SendAsync(Frame(connect));
        while (true)
        {
            var text = await connection.ReadTextAsync();
            if (text.Contains("\"hello-ok\"", StringComparison.Ordinal))
                return connection;
            if (text.Contains("\"ok\":false", StringComparison.Ordinal))
                throw new InvalidOperationException(text);
        }
    }

    /// <summary>Keeps <paramref name="inFlight"/> calls of <paramref name="method"/> going until <paramref name="total"/> are answered; returns the payload bytes received.</summary>
    public async Task<long> CallAsync(string method, int total, int inFlight)
    {
        var request = Frame("{\"type\":\"req\",\"id\":\"0123456789abcdef\",\"method\":\"" + method + "\"}");
        var batch = new byte[request.Length * inFlight];
        for (var i = 0; i < inFlight; i++)
            request.CopyTo(batch, i * request.Length);
        var sent = Math.Min(inFlight, total);
        await SendAllAsync(batch.AsMemory(0, sent * request.Length));
        long bytes = 0;
        for (var answered = 0; answered < total;)
        {
            var arrived = 0;
            while (TrySkipFrame(out var length, out var isAnswer))
            {
                bytes += length;
                if (isAnswer)
                    arrived++;
            }
            answered += arrived;
            var more = Math.Min(arrived, total - sent);
            sent += more;
            if (more > 0)
                await SendAllAsync(batch.AsMemory(0, more * request.Length));
            if (answered < total && arrived == 0)
                await FillAsync();
        }
        return bytes;
    }

    /// <summary>Calls once and throws unless the answer is a success: what is measured must be work, not refusals.</summary>
    public async Task CheckAsync(string method)
    {
        await SendAllAsync(Frame("{\"type\":\"req\",\"id\":\"0123456789abcdef\",\"method\":\"" + method + "\"}"));
        string text;
        do
            text = await ReadTextAsync();
        while (!text.StartsWith("{\"type\":\"res\"", StringComparison.Ordinal));
        if (!text.Contains("\"ok\":true", StringComparison.Ordinal))
            throw new InvalidOperationException(text);
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>A masked text frame; the mask is zero, which leaves the text as it is.</summary>
    private static byte[] Frame(string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        var header = payload.Length < 126 ? 6 : 8;
        var frame = new byte[header + payload.Length];
        frame[0] = 0x81;
        if (payload.Length < 126)
        {
            frame[1] = (byte)(0x80 | payload.Length);
        }
        else
        {
            frame[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        }
        payload.CopyTo(frame, header);
        return frame;
    }

    private async Task SendAllAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await _socket.SendAsync(bytes)..];
    }

    private bool TrySkipFrame(out int length, out bool isAnswer)
    {
        length = 0;
        isAnswer = false;
        if (!TryHeader(out var header, out var payload) || _end - _start < header + payload)
            return false;
        length = header + payload;
        // {"type":"res" against {"type":"event"
        isAnswer = payload > 10 && _buffer[_start + header + 9] == (byte)'r';
        _start += length;
        return true;
    }

    private bool TryHeader(out int header, out int payload)
    {
        header = payload = 0;
        var available = _end - _start;
        if (available < 2)
            return false;
        var length = _buffer[_start + 1] & 0x7F;
        header = length switch { 126 => 4, 127 => 10, _ => 2 };
        if (available < header)
            return false;
        payload = length switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_start + 2)),
            127 => (int)BinaryPrimitives.ReadUInt64BigEndian(_buffer.AsSpan(_start + 2)),
            _ => length,
        };
        return true;
    }

    private async Task FillAsync()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end));
        if (read == 0)
            throw new IOException("The gateway closed the connection.");
        _end += read;
    }

    private async Task SkipHttpAsync()
    {
        int end;
        while ((end = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0)
            await FillAsync();
        _start += end + 4;
    }

    private async Task<string> ReadTextAsync()
    {
        int header, payload;
        while (!TryHeader(out header, out payload) || _end - _start < header + payload)
            await FillAsync();
        var text = Encoding.UTF8.GetString(_buffer, _start + header, payload);
        _start += header + payload;
        return text;
    }
}
