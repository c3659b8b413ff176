namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>
/// What became of a message handed to <see cref="AgentRunner.Submit"/>. <paramref name="Run"/> is the run that works on it:
/// its own, the one it was put into, or the one of the same id. Null when it only waits or was refused.
/// <paramref name="Outcome"/> completes when the message is done with, and never faults; null when it was refused.
/// </summary>
internal sealed record RunSubmission(RunDisposition Disposition, AgentRun? Run, Task<RunResult>? Outcome);

internal enum RunDisposition
{
    /// <summary>It has a run of its own, which works or waits in line.</summary>
    Started,

    /// <summary>A run with this id is active, or a message with this id waits or was taken in by a run.</summary>
    Duplicate,

    /// <summary>It waits for the session's run to end and will then be answered by a run with a new id.</summary>
    Queued,

    /// <summary>The session's run has taken it in.</summary>
    Steered,

    /// <summary>The session's queue is full, or has this message already.</summary>
    Dropped,

    /// <summary>Too many runs are active, or the gateway is stopping.</summary>
    Rejected,
}
