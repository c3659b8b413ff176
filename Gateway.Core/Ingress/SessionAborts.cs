using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>Stops what a session is doing: runs that work or wait, and messages that are still on their way to a run.</summary>
internal sealed class SessionAborts(RunRegistry runs, PendingAnswers answers)
{
    /// <summary>Stops one run, or all of the session; returns the ids of those that were stopped.</summary>
    public IReadOnlyList<string> Abort(string sessionKey, string? runId, RunAbortReason reason)
    {
        // First the messages: one that becomes a run in between is found by the second step.
        var stopped = new HashSet<string>(answers.Abort(sessionKey, runId, reason), StringComparer.Ordinal);
        foreach (var run in runs.ActiveIn(sessionKey))
        {
            if (runId is not null && run.RunId != runId)
                continue;
            if (run.TryAbort(reason))
                stopped.Add(run.RunId);
            else
                stopped.Remove(run.RunId);
        }
        return [.. stopped];
    }
}
