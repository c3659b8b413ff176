using System.Net.Sockets;

namespace OpenClaw.Channels.Telegram.Api;

/// <summary>
/// A connection whose end is awaited: when it is closed in the midst of an answer, the other side is told so and gets the time to close too, and only then
/// the read that waits comes back. A poll that was cancelled is over at the API when the cancellation is, and the next one does not find it there. One that
/// does not close is cut.
/// </summary>
/// <param name="socket">Owned.</param>
/// <param name="patience">How long the other side has.</param>
/// <param name="time">Clock.</param>
internal sealed class LingeringStream(Socket socket, TimeSpan patience, TimeProvider time) : Stream
{
    private readonly NetworkStream _inner = new(socket, ownsSocket: true);
    private readonly Lock _gate = new();
    private int _reads;
    private bool _isClosing;
    private ITimer? _cut;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosing, this);
            _reads++;
        }
        try
        {
            return await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            bool isLast;
            lock (_gate)
                isLast = --_reads == 0 && _isClosing;
            if (isLast)
                Cut();
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => _inner.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count) => _inner.Write(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _inner.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => _inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => _inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && BeginClosing())
            Cut();
        base.Dispose(disposing);
    }

    /// <returns>There is nothing to wait for.</returns>
    private bool BeginClosing()
    {
        lock (_gate)
        {
            if (_isClosing)
                return false;
            _isClosing = true;
            if (_reads == 0)
                return true;
            try
            {
                socket.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The other side was faster.
                return true;
            }
            _cut = time.CreateTimer(static stream => ((LingeringStream)stream!).Cut(), this, patience, Timeout.InfiniteTimeSpan);
            return false;
        }
    }

    private void Cut()
    {
        lock (_gate)
            _cut?.Dispose();
        _inner.Dispose();
    }
}
