namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>
/// Sees the events of runs, one at a time per run and in order. It is called on the run's own path and must return at
/// once: put the event on a bounded queue. An exception is logged and does not reach the run.
/// </summary>
internal interface IRunObserver
{
    void OnRunEvent(AgentRun run, RunEvent runEvent);
}
