using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>Stops what a session is doing: runs that work or wait, and messages that are still on their way to a run.</summary>
internal sealed class SessionAborts(RunRegistry runs, AgentRunner runner, PendingAnswers answers)
{
    /// <summary>Stops one run, or all of the session; returns the ids of those that were stopped.</summary>
    public IReadOnlyList<string> Abort(string sessionKey, string? runId, RunAbortReason reason)
    {
        // First the messages, then those that wait: one that becomes a run in between is found by the last step.
        var stopped = new HashSet<string>(answers.Abort(sessionKey, runId, reason), StringComparer.Ordinal);
        stopped.UnionWith(runner.ForgetWaiting(sessionKey, runId, reason));
        foreach (var run in runs.ActiveIn(sessionKey))
        {
            // A message that had waited is stopped by its own id too, also when a run with another id is at work on it.
            if (runId is not null && run.RunId != runId && !run.Request.Answers.Contains(runId, StringComparer.Ordinal))
                continue;
            if (run.TryAbort(reason))
                stopped.Add(run.RunId);
            // One that began in between was stopped by the note; one that was over told its clients another end.
            else if (run.AbortReason is null)
                stopped.Remove(run.RunId);
        }
        // Its last event is out, while its message still counts as under way.
        stopped.RemoveWhere(runs.EndedByItself);
        // What a run has taken in ends with that run or not at all.
        stopped.RemoveWhere(id => runs.FindAbsorbed(id) is not null);
        return [.. stopped];
    }
}
