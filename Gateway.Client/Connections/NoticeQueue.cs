using System.Threading.Channels;

namespace OpenClaw.Gateway.Client.Connections;

/// <summary>
/// Events between the receiving task and their reader. Bounded: events that nobody reads in time are dropped, and since only
/// delivered ones move the sequence on, the reader sees a gap just as if the gateway had skipped them.
/// </summary>
internal sealed class NoticeQueue
{
    /// <summary>Events that wait at most; a busy gateway sends some hundred per second.</summary>
    public const int MaxEvents = 1024;

    /// <summary>Bytes of payload that wait at most.</summary>
    public const long MaxBytes = 16 * 1024 * 1024;

    private readonly Channel<GatewayNotice> _channel =
        Channel.CreateUnbounded<GatewayNotice>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private long? _lastSeq;
    private int _events;
    private long _bytes;

    /// <summary>Adds an event, preceded by a gap where one is. Called by the receiving task only.</summary>
    public void Add(GatewayEvent notice)
    {
        // One event larger than the bound passes when it is alone.
        if (Volatile.Read(ref _events) is var waiting
            && (waiting >= MaxEvents || (waiting > 0 && Interlocked.Read(ref _bytes) + notice.Payload.Length > MaxBytes)))
            return;
        if (notice.Seq is { } seq)
        {
            if (_lastSeq is { } last && seq > last + 1)
                _channel.Writer.TryWrite(new GatewaySeqGap(last + 1, seq));
            _lastSeq = seq;
        }
        Interlocked.Increment(ref _events);
        Interlocked.Add(ref _bytes, notice.Payload.Length);
        _channel.Writer.TryWrite(notice);
    }

    public void End() => _channel.Writer.TryComplete();

    /// <summary>Reads until the connection ends and everything before that was read.</summary>
    public async IAsyncEnumerable<GatewayNotice> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var notice in _channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (notice is GatewayEvent { Payload.Length: var length })
            {
                Interlocked.Decrement(ref _events);
                Interlocked.Add(ref _bytes, -length);
            }
            yield return notice;
        }
    }
}
