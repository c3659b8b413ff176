using OpenClaw.Gateway.Core.Agents.Options;

namespace OpenClaw.Gateway.Core.Agents.Tools.Files;

/// <summary>The tools for files, rooted in the run's workspace.</summary>
internal sealed class FileTools(IAgentConfiguration configuration) : IAgentToolSource
{
    public IEnumerable<IAgentTool> CreateTools(ToolContext context)
    {
        var workspace = new RootedDirectory(context.WorkspaceDir, configuration.HomeDir);
        return [new ReadTool(workspace), new EditTool(workspace), new WriteTool(workspace)];
    }
}
