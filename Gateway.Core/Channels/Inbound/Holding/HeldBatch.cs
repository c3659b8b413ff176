using OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Holding;

/// <summary>Messages of a sender that wait for the next one.</summary>
/// <param name="time">The clock.</param>
internal sealed class HeldBatch(TimeProvider time)
{
    /// <summary>Most messages that are put together (channels.md A1).</summary>
    private const int MaxParts = 12;

    /// <summary>Longest text that is put together, in characters.</summary>
    private const int MaxLength = 50_000;

    private readonly Lock _gate = new();
    private readonly List<HeldTurn> _turns = [];
    private readonly TaskCompletionSource _flush = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<TimeSpan?> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastAt = time.GetTimestamp();
    private int _length;
    private bool _isClosed;

    /// <summary>Completes when what was put together is accepted; with a time when it has to be tried again.</summary>
    public Task<TimeSpan?> Outcome => _outcome.Task;

    /// <summary>Adds one; false when the batch takes no more.</summary>
    public bool TryAdd(HeldTurn turn)
    {
        lock (_gate)
        {
            if (_isClosed || _turns.Count >= MaxParts || (_turns.Count > 0 && _length + turn.Message.Text.Length > MaxLength))
                return false;
            _turns.Add(turn);
            _length += turn.Message.Text.Length;
            _lastAt = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>Waits no longer.</summary>
    public void Flush() => _flush.TrySetResult();

    /// <summary>Waits until nothing more comes, and has the batch accepted.</summary>
    public async Task RunAsync(Func<InboundTurn, Task<TimeSpan?>> accept, CancellationToken cancellationToken)
    {
        try
        {
            while (Remaining() is { } remaining && remaining > TimeSpan.Zero && !_flush.Task.IsCompleted)
            {
                using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                await Task.WhenAny(_flush.Task, Task.Delay(remaining, time, quiet.Token)).ConfigureAwait(false);
                await quiet.CancelAsync().ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
            }
            HeldTurn[] turns;
            lock (_gate)
            {
                _isClosed = true;
                turns = [.. _turns];
            }
            _outcome.TrySetResult(await accept(HeldTurn.Merge(turns)).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            _outcome.TrySetCanceled(CancellationToken.None);
            throw;
        }
        catch (Exception e)
        {
            _outcome.TrySetException(e);
            throw;
        }
        finally
        {
            lock (_gate)
                _isClosed = true;
        }
    }

    private TimeSpan? Remaining()
    {
        lock (_gate)
            return TimeSpan.FromMilliseconds(_turns[^1].DelayMs) - time.GetElapsedTime(_lastAt);
    }
}
