using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Messages;

namespace OpenClaw.Gateway.Core.Agents.Tools;

/// <summary>What a tool gives back to the model, and what clients may see of it.</summary>
/// <param name="Content">Text and image blocks, for the model.</param>
/// <param name="Details">Structured facts for clients; never sent to the model.</param>
internal sealed record ToolResult(IReadOnlyList<ContentBlock> Content, JsonNode? Details = null)
{
    /// <summary>The tool did not do what was asked; the model reads why in the text.</summary>
    public bool IsError { get; init; }

    public static ToolResult FromText(string text, JsonNode? details = null) => new([new TextBlock(text)], details);

    /// <summary>A result whose text is <paramref name="value"/> as indented JSON.</summary>
    public static ToolResult FromJson(JsonNode value) => new([new TextBlock(ToolJson.Indented(value))], value);

    /// <summary>The error form clients and models know: <c>{"status":"error","tool":…,"error":…}</c>.</summary>
    public static ToolResult FromError(string tool, string error)
    {
        var details = new JsonObject { ["status"] = "error", ["tool"] = tool, ["error"] = error };
        return FromJson(details) with { IsError = true };
    }
}
