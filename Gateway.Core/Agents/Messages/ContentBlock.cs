using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Agents.Messages;

/// <summary>One part of a transcript message, in the shape the transcript stores it.</summary>
internal abstract record ContentBlock;

/// <summary>Plain text. <paramref name="Signature"/> is the provider's opaque proof, sent back unchanged to the same model.</summary>
internal sealed record TextBlock(string Text, string? Signature = null) : ContentBlock;

/// <summary>The model's reasoning. Without its signature it may only be sent back as plain text.</summary>
internal sealed record ThinkingBlock(string Thinking, string? Signature = null) : ContentBlock;

/// <summary>An image as base64 text; <paramref name="MimeType"/> like <c>image/png</c>.</summary>
internal sealed record ImageBlock(string Data, string MimeType) : ContentBlock;

/// <summary>The model asks for a tool.</summary>
internal sealed record ToolCallBlock(string Id, string Name, JsonObject Arguments, string? Signature = null) : ContentBlock
{
    /// <summary>Set when the arguments were not a JSON object. Not stored.</summary>
    public string? ArgumentsError { get; init; }
}
