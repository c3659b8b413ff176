using System.Text;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Tools.Files;
using OpenClaw.Gateway.Core.Storage;
using OpenClaw.Gateway.Protocol.Methods.Agents;

namespace OpenClaw.Gateway.Core.Agents.Prompt;

/// <summary>The files of a workspace that people may read and write from afar: the known ones, and no other.</summary>
internal sealed class WorkspaceFiles(IAgentConfiguration configuration, AgentWorkspace workspace)
{
    private const string Memory = "MEMORY.md";
    private const string OtherMemory = "memory.md";

    private static readonly string[] Names = ["AGENTS.md", "SOUL.md", "TOOLS.md", "IDENTITY.md", "USER.md", "HEARTBEAT.md", AgentWorkspace.BootstrapName];

    public static bool Knows(string name) => Names.Contains(name, StringComparer.Ordinal) || name is Memory or OtherMemory;

    public string DirectoryOf(string agentId) => workspace.DirectoryOf(AgentOptions.From(configuration.Root, agentId));

    /// <summary>All of them. A new workspace gets its first files before.</summary>
    public async Task<IReadOnlyList<AgentFile>> ListAsync(string agentId, CancellationToken cancellationToken)
    {
        await workspace.EnsureAsync(AgentOptions.From(configuration.Root, agentId), cancellationToken).ConfigureAwait(false);
        var directory = DirectoryOf(agentId);
        var memory = !File.Exists(Path.Combine(directory, Memory)) && File.Exists(Path.Combine(directory, OtherMemory)) ? OtherMemory : Memory;
        return [.. Names.Append(memory).Select(name => Describe(directory, name))];
    }

    /// <summary>The file with its text.</summary>
    /// <exception cref="IOException">It exists and cannot be read.</exception>
    public async Task<AgentFile> ReadAsync(string agentId, string name, CancellationToken cancellationToken)
    {
        await workspace.EnsureAsync(AgentOptions.From(configuration.Root, agentId), cancellationToken).ConfigureAwait(false);
        var file = Describe(DirectoryOf(agentId), name);
        return file.Missing ? file : file with { Content = await File.ReadAllTextAsync(file.Path, cancellationToken).ConfigureAwait(false) };
    }

    /// <summary>Replaces the file.</summary>
    /// <exception cref="IOException">It cannot be written, or a link leads it out of the workspace.</exception>
    public async Task<AgentFile> WriteAsync(string agentId, string name, string content)
    {
        var directory = DirectoryOf(agentId);
        AtomicFile.CreateDirectory(directory);
        var target = LinkResolver.Resolve(Path.Combine(directory, name));
        if (!target.StartsWith(LinkResolver.Resolve(directory) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new IOException($"{name} is a link out of the workspace");
        await AtomicFile.WriteAsync(target, Encoding.UTF8.GetBytes(content), CancellationToken.None).ConfigureAwait(false);
        return Describe(directory, name) with { Content = content };
    }

    private static AgentFile Describe(string directory, string name)
    {
        var info = new FileInfo(Path.Combine(directory, name));
        return new AgentFile
        {
            Name = name,
            Path = info.FullName,
            Missing = !info.Exists,
            Size = info.Exists ? info.Length : null,
            UpdatedAtMs = info.Exists ? new DateTimeOffset(info.LastWriteTimeUtc).ToUnixTimeMilliseconds() : null,
        };
    }
}
