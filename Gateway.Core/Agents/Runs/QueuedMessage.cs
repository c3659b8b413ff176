namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>
/// A message that was taken in without a run of its own: it waits in its session's queue, or a run that works has been
/// handed it. It is owed an outcome until a run has ended that answered it; a run that ends before it looked gives it back
/// to the queue.
/// </summary>
internal sealed class QueuedMessage(RunRequest request)
{
    private readonly TaskCompletionSource<RunResult> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RunRequest Request { get; } = request;

    public string RunId => Request.RunId;

    /// <summary>Said to a run at once, while the message itself waits to be answered again: nobody is owed anything for it.</summary>
    public bool IsCopy { get; init; }

    /// <summary>The run that was handed a copy while the message itself waits. Written under the runner's lock.</summary>
    public AgentRun? ToldTo { get; set; }

    public bool IsSettled => _outcome.Task.IsCompleted;

    /// <summary>Completes with the result of the run that answered the message, or with why none will. Never faults.</summary>
    public Task<RunResult> Outcome => _outcome.Task;

    /// <summary>False when it was settled before.</summary>
    public bool TrySettle(RunResult result) => _outcome.TrySetResult(result);
}
