using OpenClaw.Gateway.Core.Agents.Options;

namespace OpenClaw.Gateway.Core.Agents.Prompt;

/// <summary>The directory an agent lives in: finds it, fills a new one, reads what belongs into the prompt.</summary>
internal sealed class AgentWorkspace(IAgentConfiguration configuration)
{
    public const string BootstrapName = "BOOTSTRAP.md";

    /// <summary>The order in which the prompt shows them.</summary>
    private static readonly string[] PromptFiles =
        ["AGENTS.md", "SOUL.md", "TOOLS.md", "IDENTITY.md", "USER.md", "HEARTBEAT.md", BootstrapName];

    /// <summary>A subagent only learns how to work here.</summary>
    private static readonly string[] MinimalFiles = ["AGENTS.md", "TOOLS.md"];

    private readonly PromptFileCache _files = new();

    /// <summary>The absolute path of the agent's workspace.</summary>
    public string DirectoryOf(AgentOptions agent)
    {
        if (agent.Workspace is { } configured)
            return HomePath.Expand(configured, configuration.HomeDir);
        return agent.IsDefault ? configuration.DefaultWorkspace : Path.Combine(configuration.StateDir, $"workspace-{agent.AgentId}");
    }

    /// <summary>Makes the directory and, unless that is switched off, the files that are missing. What exists is never touched.</summary>
    public async Task EnsureAsync(AgentOptions agent, CancellationToken cancellationToken)
    {
        var directory = DirectoryOf(agent);
        if (agent.SkipBootstrap)
            Directory.CreateDirectory(directory);
        else
            await WorkspaceSeed.PlantAsync(directory, cancellation: cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<WorkspaceFile>> ReadAsync(AgentOptions agent, PromptMode mode, CancellationToken cancellationToken)
    {
        var directory = DirectoryOf(agent);
        var files = new List<WorkspaceFile>();
        foreach (var name in mode == PromptMode.Full ? PromptFiles : MinimalFiles)
        {
            var path = Path.Combine(directory, name);
            var content = await _files.ReadAsync(path, cancellationToken).ConfigureAwait(false);
            // Its absence is the normal case: the script deletes itself.
            if (content is not null || name != BootstrapName)
                files.Add(new WorkspaceFile(name, path, content));
        }
        if (mode == PromptMode.Full && await ReadMemoryAsync(directory, cancellationToken).ConfigureAwait(false) is { } memory)
            files.Add(memory);
        return files;
    }

    private async Task<WorkspaceFile?> ReadMemoryAsync(string directory, CancellationToken cancellationToken)
    {
        foreach (var name in (string[])["MEMORY.md", "memory.md"])
        {
            var path = Path.Combine(directory, name);
            if (await _files.ReadAsync(path, cancellationToken).ConfigureAwait(false) is { } content)
                return new WorkspaceFile(name, path, content);
        }
        return null;
    }
}
