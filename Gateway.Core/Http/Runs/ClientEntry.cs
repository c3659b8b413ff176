using OpenClaw.Gateway.Core.Agents.Messages;

namespace OpenClaw.Gateway.Core.Http.Runs;

/// <summary>Whose message it is.</summary>
internal enum ClientRole
{
    User,
    Assistant,
    Tool,
}

/// <summary>One message of the conversation that a caller tells.</summary>
/// <param name="Role">Whose it is.</param>
/// <param name="Text">Its text, trimmed; may be empty where there is something else.</param>
internal sealed record ClientEntry(ClientRole Role, string Text)
{
    public IReadOnlyList<ImageBlock> Images { get; init; } = [];

    /// <summary>For <see cref="ClientRole.Assistant"/>: what it called.</summary>
    public IReadOnlyList<ToolCallBlock> Calls { get; init; } = [];

    /// <summary>For <see cref="ClientRole.Tool"/>: the call it answers.</summary>
    public string? CallId { get; init; }

    /// <summary>For <see cref="ClientRole.Tool"/>: what the caller calls the tool.</summary>
    public string? ToolName { get; init; }

    public bool IsEmpty => Role is not ClientRole.Tool && Text.Length == 0 && Images.Count == 0 && Calls.Count == 0;

    /// <summary>How it is named where it is told as text; the original's words.</summary>
    public string Sender => Role switch
    {
        ClientRole.User => "User",
        ClientRole.Assistant => "Assistant",
        _ => ToolName is { Length: > 0 } name ? "Tool:" + name : "Tool",
    };
}
