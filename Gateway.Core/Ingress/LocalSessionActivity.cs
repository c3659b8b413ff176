using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>Ends what this core does in a session.</summary>
internal sealed class LocalSessionActivity(RunRegistry runs, SessionAborts aborts, TimeProvider time)
{
    /// <summary>Stops the runs and waits until they have let go of the session; false when one is still at work after the limit.</summary>
    public async Task<bool> StopAsync(string sessionKey, TimeSpan limit, CancellationToken cancellationToken)
    {
        var active = runs.ActiveIn(sessionKey);
        aborts.AbortHere(sessionKey, runIds: null, RunAbortReason.Rpc);
        try
        {
            await Task.WhenAll(active.Select(run => run.Completion)).WaitAsync(limit, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
