using OpenClaw.Gateway.Core.Agents.Messages;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>What a transcript's current branch says to the next model call.</summary>
/// <param name="Messages">Oldest first, cleaned by <see cref="ContextCleaning"/>.</param>
/// <param name="LastModel">Model of the last model change.</param>
/// <param name="ThinkingLevel">Level of the last change; null when none was stored.</param>
internal sealed record TranscriptContext(
    IReadOnlyList<AgentMessage> Messages,
    (string Provider, string ModelId)? LastModel,
    string? ThinkingLevel)
{
    public static TranscriptContext Empty { get; } = new([], null, null);
}
