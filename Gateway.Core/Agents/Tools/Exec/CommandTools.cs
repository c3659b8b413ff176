using OpenClaw.Gateway.Core.Agents.Options;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>The tools for commands.</summary>
internal sealed class CommandTools(IAgentConfiguration configuration, ExecGuard guard, ProcessTable processes, TimeProvider time) : IAgentToolSource
{
    public IEnumerable<IAgentTool> CreateTools(ToolContext context) =>
        [new ExecTool(context, configuration, guard, processes, time), new ProcessTool(context, processes)];
}
