using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Cluster;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>Stops what a session is doing, on whichever core: runs that work or wait, and messages that are still on their way to a run.</summary>
internal sealed class SessionAborts(RunRegistry runs, AgentRunner runner, PendingAnswers answers, SessionCalls calls, CoreDirectory cores)
{
    /// <summary>Stops one run, or all of the session; returns the ids of those that were stopped.</summary>
    /// <exception cref="Bus.BusUnavailableException">There are other cores, and they cannot be asked; what this one does was stopped.</exception>
    public async ValueTask<IReadOnlyList<string>> AbortAsync(string sessionKey, string? runId, RunAbortReason reason, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? asked = runId is null ? null : [runId];
        var here = AbortHere(sessionKey, asked, reason);
        if (!cores.MayHaveOthers)
            return here.Stopped;
        var everywhere = (await calls.AbortAsync(sessionKey, asked, reason, cancellationToken).ConfigureAwait(false)).Append(here).ToList();
        string[] stopped = [.. everywhere.SelectMany(answer => answer.Stopped).Except(everywhere.SelectMany(answer => answer.Kept), StringComparer.Ordinal)];
        if (stopped.Length > 0)
        {
            // One that one core accepted may have been on its way to another, which did not know of it yet.
            answers.Unwant(stopped, reason);
            await calls.AbortAsync(sessionKey, stopped, reason, cancellationToken).ConfigureAwait(false);
        }
        return stopped;
    }

    /// <summary>The same for what this core does, for another that asks.</summary>
    public SessionCallAnswer AbortHere(string sessionKey, IReadOnlyList<string>? runIds, RunAbortReason reason)
    {
        if (runIds is null)
            return Abort(sessionKey, null, reason);
        answers.Unwant(runIds.Where(id => !runs.Knows(id)), reason);
        var each = runIds.Select(id => Abort(sessionKey, id, reason)).ToList();
        return new SessionCallAnswer
        {
            Stopped = [.. each.SelectMany(answer => answer.Stopped).Distinct(StringComparer.Ordinal)],
            Kept = [.. each.SelectMany(answer => answer.Kept).Distinct(StringComparer.Ordinal)],
        };
    }

    private SessionCallAnswer Abort(string sessionKey, string? runId, RunAbortReason reason)
    {
        // First the messages, then those that wait: one that becomes a run in between is found by the last step.
        var stopped = new HashSet<string>(answers.Abort(sessionKey, runId, reason), StringComparer.Ordinal);
        stopped.UnionWith(runner.ForgetWaiting(sessionKey, runId, reason));
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var run in runs.ActiveIn(sessionKey))
        {
            // A message that had waited is stopped by its own id too, also when a run with another id is at work on it.
            if (runId is not null && run.RunId != runId && !run.Request.Answers.Contains(runId, StringComparer.Ordinal))
                continue;
            if (run.TryAbort(reason))
                stopped.Add(run.RunId);
            // One that began in between was stopped by the note; one that was over told its clients another end.
            else if (run.AbortReason is null)
                kept.Add(run.RunId);
        }
        // Its last event is out, while its message still counts as under way.
        kept.UnionWith(stopped.Where(runs.EndedByItself));
        // What a run has taken in ends with that run or not at all.
        kept.UnionWith(runs.AbsorbedIn(sessionKey));
        stopped.ExceptWith(kept);
        return new SessionCallAnswer { Stopped = [.. stopped], Kept = [.. kept] };
    }
}
