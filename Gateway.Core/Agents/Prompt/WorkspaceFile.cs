namespace OpenClaw.Gateway.Core.Agents.Prompt;

/// <summary>A file of the workspace that goes into the system prompt. <paramref name="Content"/> is null when it is missing.</summary>
internal sealed record WorkspaceFile(string Name, string Path, string? Content);
