using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Agents;

/// <summary>Keeps the events of all runs.</summary>
internal sealed class RunRecorder : IRunObserver
{
    private readonly List<(AgentRun Run, RunEvent Event)> _events = [];

    public IReadOnlyList<RunEvent> Of(string runId)
    {
        lock (_events)
            return [.. _events.Where(e => e.Run.RunId == runId).Select(static e => e.Event)];
    }

    public IReadOnlyList<(AgentRun Run, RunEvent Event)> All
    {
        get
        {
            lock (_events)
                return [.. _events];
        }
    }

    public void OnRunEvent(AgentRun run, RunEvent runEvent)
    {
        lock (_events)
            _events.Add((run, runEvent));
    }

    /// <summary>Waits until some run's event fits.</summary>
    public Task WaitForAsync(Func<AgentRun, RunEvent, bool> fits, string what) =>
        TestTimeouts.Until(() => All.Any(e => fits(e.Run, e.Event)), what);

    /// <summary>Short names of a run's events, in order: start, text, tool:x, result:x, reset, end, error, aborted:Rpc.</summary>
    public string Shape(string runId) => string.Join(' ', Of(runId).Select(static e => e switch
    {
        RunStarted => "start",
        RunEnded { AbortReason: { } reason } => $"aborted:{reason}",
        RunEnded => "end",
        RunFailed => "error",
        AssistantReset => "reset",
        AssistantText => "text",
        ToolStarted tool => $"tool:{tool.Name}",
        ToolUpdated tool => $"update:{tool.Name}",
        ToolFinished tool => tool.IsError ? $"failed:{tool.Name}" : $"result:{tool.Name}",
        _ => e.GetType().Name,
    }));
}
