using System.Buffers;
using System.Runtime.CompilerServices;

namespace OpenClaw.Gateway.Core.Connections;

/// <summary>
/// Lets several WebSocket messages leave in one write: while held, writes are collected; <see cref="ReleaseAsync"/> sends them.
/// Outside a hold every write passes straight through, so pongs and close frames are never delayed.
/// </summary>
internal sealed class CoalescingStream(Stream inner) : Stream
{
    /// <summary>More than this is not collected: one packet train, and little memory per busy connection.</summary>
    private const int MaxCollected = 64 * 1024;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private byte[] _collected = [];
    private int _count;
    private long _heard;
    private long _sent;
    private Action? _onHeard;
    private volatile bool _holding;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Bytes that came since <see cref="ListenForLife"/>.</summary>
    public long Heard => Interlocked.Read(ref _heard);

    /// <summary>Bytes that the stream below has taken.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>From now on <see cref="Heard"/> counts, and this is called before it does; only connections that are watched pay for it.</summary>
    public void ListenForLife(Action onHeard) => _onHeard = onHeard;

    /// <summary>Starts collecting. Only the connection's one writer calls this.</summary>
    public void Hold() => _holding = true;

    /// <summary>Stops collecting and sends what was collected.</summary>
    public async ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        _holding = false;
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await SendCollectedAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Reads until the client closes, for at most <paramref name="patience"/>. Ending a connection on which the client still talks
    /// resets it, and the close frame that explains why is lost.
    /// </summary>
    public async Task DrainAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        var buffer = new byte[1024];
        try
        {
            while (await inner.ReadAsync(buffer, limit.Token).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // It is gone, or does not go: either way it had its chance.
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _onHeard is { } onHeard ? ListenAsync(onHeard, buffer, cancellationToken) : inner.ReadAsync(buffer, cancellationToken);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_holding && _count + buffer.Length <= MaxCollected)
            {
                Collect(buffer.Span);
                return;
            }
            await SendCollectedAsync(cancellationToken).ConfigureAwait(false);
            await SendAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Sends what was collected and then this; returns when the stream below has taken it.</summary>
    public async ValueTask WriteThroughAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await SendCollectedAsync(cancellationToken).ConfigureAwait(false);
            await SendAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Nothing to do: the stream below sends on write.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronous reads.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronous writes.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        // The stream below belongs to the server, which ends it in order when the request is over. Disposing it here resets the
        // connection, and the client loses the close frame that a WebSocket sends right before it gives up.
        if (disposing)
            _gate.Dispose();
        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ListenAsync(Action onHeard, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (count > 0)
            onHeard();
        Interlocked.Add(ref _heard, count);
        return count;
    }

    private void Collect(ReadOnlySpan<byte> bytes)
    {
        if (_count + bytes.Length > _collected.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_count + bytes.Length, 2048));
            _collected.AsSpan(0, _count).CopyTo(larger);
            if (_collected.Length > 0)
                ArrayPool<byte>.Shared.Return(_collected);
            _collected = larger;
        }
        bytes.CopyTo(_collected.AsSpan(_count));
        _count += bytes.Length;
    }

    private async ValueTask SendCollectedAsync(CancellationToken cancellationToken)
    {
        if (_count == 0)
            return;
        var (buffer, count) = (_collected, _count);
        (_collected, _count) = ([], 0);
        try
        {
            await SendAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        Interlocked.Add(ref _sent, buffer.Length);
    }
}
