using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Unicode;

namespace OpenClaw.Gateway.Core.Connections;

/// <summary>How reading a message ended.</summary>
internal enum ReceiveStatus
{
    /// <summary>A whole message is in the buffer.</summary>
    Message,

    /// <summary>The message exceeds the limit.</summary>
    TooBig,

    /// <summary>The client closed, or the connection broke.</summary>
    Closed,
}

/// <summary>Assembles messages from frames, up to a limit. Its memory is small between messages.</summary>
internal sealed class MessageReceiver(WebSocket socket) : IDisposable
{
    private const int RestingBytes = 4 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(RestingBytes);
    private byte[]? _repaired;
    private int _count;

    /// <summary>The message, valid until the next <see cref="ReceiveAsync"/>.</summary>
    public ReadOnlyMemory<byte> Message => _repaired ?? _buffer.AsMemory(0, _count);

    /// <summary>Called when the next read would wait, so that answers gathered so far can leave.</summary>
    public Func<ValueTask>? BeforeWait { get; set; }

    /// <summary>Called when a wait is over.</summary>
    public Action? AfterWait { get; set; }

    /// <summary>Reads the next message of at most <paramref name="limit"/> bytes.</summary>
    public async ValueTask<ReceiveStatus> ReceiveAsync(int limit, CancellationToken cancellationToken)
    {
        Rest();
        try
        {
            while (true)
            {
                if (_count == _buffer.Length)
                    Grow(limit);
                var pending = socket.ReceiveAsync(_buffer.AsMemory(_count), cancellationToken);
                var waits = !pending.IsCompleted && BeforeWait is not null;
                if (waits)
                    await BeforeWait!().ConfigureAwait(false);
                var result = await pending.ConfigureAwait(false);
                if (waits)
                    AfterWait?.Invoke();
                if (result.MessageType is WebSocketMessageType.Close)
                    return ReceiveStatus.Closed;
                _count += result.Count;
                if (_count > limit)
                    return ReceiveStatus.TooBig;
                if (!result.EndOfMessage)
                    continue;
                // A binary message may be any bytes; what is not UTF-8 is read as the peer reads it, with U+FFFD.
                if (result.MessageType is WebSocketMessageType.Binary && !Utf8.IsValid(_buffer.AsSpan(0, _count)))
                    _repaired = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_buffer, 0, _count));
                return ReceiveStatus.Message;
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            return ReceiveStatus.Closed;
        }
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Rest()
    {
        _count = 0;
        _repaired = null;
        if (_buffer.Length <= RestingBytes * 2)
            return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = ArrayPool<byte>.Shared.Rent(RestingBytes);
    }

    private void Grow(int limit)
    {
        // One byte over the limit is enough to know that it is exceeded.
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(_buffer.Length * 2, Math.Max(limit + 1, _buffer.Length + 1)));
        _buffer.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
