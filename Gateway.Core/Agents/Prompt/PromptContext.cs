using System.Runtime.InteropServices;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Agents.Tools;

namespace OpenClaw.Gateway.Core.Agents.Prompt;

/// <summary>What the system prompt of a run is made of.</summary>
internal sealed record PromptContext
{
    public required RunRequest Request { get; init; }

    public required AgentOptions Agent { get; init; }

    public required string WorkspaceDir { get; init; }

    public required IReadOnlyList<WorkspaceFile> Files { get; init; }

    public required ToolSet Tools { get; init; }

    /// <summary>As <c>provider/model</c>.</summary>
    public required string Model { get; init; }

    public required string DefaultModel { get; init; }

    public required ThinkingLevel Thinking { get; init; }

    public required HostFacts Host { get; init; }

    public required TimeZoneInfo TimeZone { get; init; }
}

/// <summary>The machine, for the runtime line.</summary>
internal sealed record HostFacts(string Name, string Os, string Architecture, string Runtime, string Shell)
{
    public static HostFacts Detect(IReadOnlyDictionary<string, string> environment) => new(
        Environment.MachineName,
        RuntimeInformation.OSDescription,
        RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(),
        RuntimeInformation.FrameworkDescription,
        Path.GetFileName(environment.GetValueOrDefault("SHELL") ?? "sh"));
}
