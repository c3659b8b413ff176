using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Agents.Tools;

/// <summary>Gives the tools of one area to a run. Registered once per area; the tool policy then removes what is not allowed.</summary>
internal interface IAgentToolSource
{
    IEnumerable<IAgentTool> CreateTools(ToolContext context);
}

/// <summary>
/// What tools may know about the run they serve. <paramref name="WorkspaceDir"/> is absolute: the root of the file tools and
/// the working directory of commands.
/// </summary>
internal sealed record ToolContext(RunRequest Request, string WorkspaceDir, ToolsOptions Options)
{
    public SessionAddress Session => Request.Session;
}
