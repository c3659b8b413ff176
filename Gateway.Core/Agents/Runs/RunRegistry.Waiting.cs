namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>Waiting for runs, also for those that nobody has heard of yet.</summary>
internal sealed partial class RunRegistry
{
    private static readonly TimeSpan UnwindPause = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, AwaitedRun> _awaited = new(StringComparer.Ordinal);

    /// <summary>
    /// Waits until the run has ended, or <paramref name="timeout"/>; zero only looks. A run id nobody knows yet may still
    /// come, so it is waited for as well.
    /// </summary>
    public async Task<RunWaitResult> WaitAsync(string runId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            var left = timeout - time.GetElapsedTime(since);
            var result = await WaitOnceAsync(runId, left, cancellationToken).ConfigureAwait(false);
            if (result.Status is not RunWaitStatus.Overtaken)
                return result;
            if (left <= TimeSpan.Zero)
                return new RunWaitResult(RunWaitStatus.Timeout);
            // What is left of it here has to go first.
            await Task.Delay(UnwindPause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<RunWaitResult> WaitOnceAsync(string runId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        AwaitedRun? awaited = null;
        Task<Task<RunWaitResult>> arrival;
        lock (_gate)
        {
            Forget(time.GetUtcNow());
            if (_active.TryGetValue(runId, out var run))
            {
                arrival = Task.FromResult(WaitForEndAsync(run));
            }
            else if (_absorbed.TryGetValue(runId, out var message))
            {
                arrival = Task.FromResult(WaitForEndAsync(message));
            }
            else if (_finished.TryGetValue(runId, out var finished))
            {
                return finished.Result;
            }
            else if (timeout <= TimeSpan.Zero)
            {
                return new RunWaitResult(RunWaitStatus.Timeout);
            }
            else
            {
                if (!_awaited.TryGetValue(runId, out awaited))
                    _awaited[runId] = awaited = new AwaitedRun();
                awaited.Waiters++;
                arrival = awaited.Arrival.Task;
            }
        }
        try
        {
            var wait = timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero;
            return await arrival.Unwrap().WaitAsync(wait, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new RunWaitResult(RunWaitStatus.Timeout);
        }
        finally
        {
            if (awaited is not null)
                StopAwaiting(runId, awaited);
        }
    }

    private static async Task<RunWaitResult> WaitForEndAsync(QueuedMessage message) => ToWait(await message.Outcome.ConfigureAwait(false));

    private static async Task<RunWaitResult> WaitForEndAsync(AgentRun run)
    {
        return await run.Ended.ConfigureAwait(false) switch
        {
            RunFailed failed => new RunWaitResult(RunWaitStatus.Error, failed.StartedAtMs, failed.AtMs, failed.Error),
            RunEnded { AbortReason: RunAbortReason.Overtaken } => new RunWaitResult(RunWaitStatus.Overtaken),
            var ended => new RunWaitResult(RunWaitStatus.Ok, run.StartedAtMs, ended.AtMs),
        };
    }

    /// <summary>The ids that somebody waits for although nothing is known of them.</summary>
    public IReadOnlyList<string> Awaited()
    {
        lock (_gate)
            return [.. _awaited.Keys];
    }

    private void StopAwaiting(string runId, AwaitedRun awaited)
    {
        lock (_gate)
        {
            if (--awaited.Waiters == 0 && _awaited.TryGetValue(runId, out var current) && ReferenceEquals(current, awaited))
                _awaited.Remove(runId);
        }
    }

    /// <summary>A run id somebody waits for before the run was submitted.</summary>
    private sealed class AwaitedRun
    {
        public TaskCompletionSource<Task<RunWaitResult>> Arrival { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Waiters { get; set; }
    }
}
