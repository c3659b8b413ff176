using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace OpenClaw.Gateway.Edge.WebSockets;

/// <summary>
/// The client's side of a forwarded WebSocket. Bytes pass as they are; between two frames of the service, the edge can close the
/// WebSocket in the service's place.
/// </summary>
internal sealed class RelayStream(Stream inner) : Stream
{
#pragma warning disable CA2213 // Holds no handle, and is needed after the forwarder has disposed the stream.
    private readonly SemaphoreSlim _writing = new(1, 1);
#pragma warning restore CA2213
    private FrameBoundary _boundary;
    private byte[]? _closeFrame;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_ended)
                return;
            var length = _boundary.Advance(buffer.Span, stopAtBoundary: _closeFrame is not null);
            await inner.WriteAsync(buffer[..length], cancellationToken).ConfigureAwait(false);
            if (_closeFrame is not null && _boundary.IsAt)
                await EndAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>
    /// Closes the WebSocket: at once between two frames, else when the current one has passed. What the service sends after that does
    /// not reach the client. Does nothing when the service has closed it already.
    /// </summary>
    /// <returns>True when the close frame went out, by us or by the service; false when it waits for the end of a frame.</returns>
    public async ValueTask<bool> CloseAsync(ushort code, string reason, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_ended || _boundary.SawClose)
                return true;
            _closeFrame = Frame(code, reason);
            if (!_boundary.IsAt)
                return false;
            await EndAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Reads until the client has closed its side: only then has it seen everything that was sent.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            while (await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) > 0)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Nothing: the forwarder disposes it before the close frame may have to be sent; the connection belongs to the server.</summary>
    protected override void Dispose(bool disposing)
    {
    }

    private async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        _ended = true;
        await inner.WriteAsync(_closeFrame, cancellationToken).ConfigureAwait(false);
        await inner.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static byte[] Frame(ushort code, string reason)
    {
        var text = Encoding.UTF8.GetBytes(reason);
        var frame = new byte[4 + text.Length];
        frame[0] = 0x88;
        frame[1] = (byte)(2 + text.Length);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), code);
        text.CopyTo(frame, 4);
        return frame;
    }
}
