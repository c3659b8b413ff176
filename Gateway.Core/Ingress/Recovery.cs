namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>
/// The messages that an earlier process left. Their runs begin when all of them were handed out: a message that had been put
/// into the run of another stands behind it in the history, and only who knows that both are still wanted leaves it there.
/// </summary>
internal sealed class Recovery
{
    /// <summary>Longer is not waited for messages that have to wait for their retry.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left;

    /// <param name="count">How many messages there are.</param>
    /// <param name="time">Clock of the limit.</param>
    public Recovery(int count, TimeProvider time)
    {
        _left = count;
        Done = count > 0 ? WaitAsync(time) : Task.CompletedTask;
    }

    /// <summary>Completes when all were handed out, or after the limit. Never faults.</summary>
    public Task Done { get; }

    /// <summary>One was handed to its run, or is done with.</summary>
    public void HandedOut()
    {
        if (Interlocked.Decrement(ref _left) == 0)
            _all.TrySetResult();
    }

    private async Task WaitAsync(TimeProvider time) => await _all.Task.WaitAsync(Limit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
