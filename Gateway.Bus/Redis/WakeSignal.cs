namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>Wakes one waiter. A call that comes while nobody waits is remembered; more than one are one.</summary>
internal sealed class WakeSignal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _signal = New();

    public void Wake()
    {
        lock (_gate)
            _signal.TrySetResult();
    }

    /// <summary>Waits for the signal, or until the time is over.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        Task signal;
        lock (_gate)
            signal = _signal.Task;
        try
        {
            await signal.WaitAsync(atMost, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return;
        }
        lock (_gate)
            _signal = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
