namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>Gives one run's events to its observers, in order and never after the last one.</summary>
internal sealed class RunEventHub(AgentRun run, IRunObserver[] observers, Action<Exception> onFault)
{
    private readonly Lock _gate = new();
    private bool _ended;

    /// <summary>False when the run's last event was published before.</summary>
    public bool Publish(RunEvent runEvent)
    {
        // The lock is what keeps the order: a command's output arrives on threads of its own.
        lock (_gate)
        {
            if (_ended)
                return false;
            _ended = runEvent is RunEnded or RunFailed;
            foreach (var observer in observers)
            {
                try
                {
                    observer.OnRunEvent(run, runEvent);
                }
                catch (Exception fault)
                {
                    // The boundary IRunObserver promises: a broken listener costs itself the event, not the user the answer.
                    onFault(fault);
                }
            }
            return true;
        }
    }
}
