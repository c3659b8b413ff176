using System.Threading.Channels;
using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Http.Hooks;

/// <summary>Sees the runs of hooks begin, also those that go on after a restart, for <see cref="HookFollowUps"/>.</summary>
internal sealed class HookRunWatch : IRunObserver
{
    /// <summary>A run waits here only until the service has looked at it; there are never more than may be active.</summary>
    private readonly Channel<AgentRun> _begun = Channel.CreateBounded<AgentRun>(new BoundedChannelOptions(RunRegistry.MaxActive) { SingleReader = true });

    public ChannelReader<AgentRun> Begun => _begun.Reader;

    public void OnRunEvent(AgentRun run, RunEvent runEvent)
    {
        if (runEvent is RunStarted && run.Request.Hook is not null)
            _begun.Writer.TryWrite(run);
    }
}
