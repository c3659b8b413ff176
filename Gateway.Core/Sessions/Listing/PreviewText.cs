using System.Globalization;
using System.Text.Json;
using OpenClaw.Gateway.Core.Sessions.Transcripts;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Sessions.Listing;

/// <summary>One line of text for a stored message: its words, else the tools it calls, else what kind of block it holds.</summary>
internal static class PreviewText
{
    /// <summary>Null for a message that shows nothing.</summary>
    public static SessionPreviewItem? Of(JsonElement message, int maxChars)
    {
        var tools = MessageTools.NamesIn(message);
        var role = tools.Count > 0 ? "tool" : MessageReader.Text(message, "role")?.ToLowerInvariant() switch
        {
            "user" => "user",
            "assistant" => "assistant",
            "system" => "system",
            "tool" => "tool",
            _ => "other",
        };
        if ((Words(message) ?? Calls(tools) ?? Media(message))?.Trim() is not { Length: > 0 } text)
            return null;
        if (role == "user")
            text = EnvelopeText.StripEnvelope(text);
        return new SessionPreviewItem { Role = role, Text = Shorten(text, maxChars) };
    }

    private static string? Words(JsonElement message)
    {
        var content = MessageReader.Member(message, "content");
        var words = content.ValueKind switch
        {
            JsonValueKind.String => content.GetString(),
            JsonValueKind.Array => string.Join('\n', content.EnumerateArray().Select(static part => MessageReader.Text(part, "text")).Where(static text => !string.IsNullOrWhiteSpace(text))),
            _ => MessageReader.Text(message, "text"),
        };
        return string.IsNullOrWhiteSpace(words) ? null : words;
    }

    private static string? Calls(IReadOnlyCollection<string> tools)
    {
        if (tools.Count == 0)
            return null;
        var more = tools.Count > 2 ? string.Create(CultureInfo.InvariantCulture, $" +{tools.Count - 2}") : "";
        return $"call {string.Join(", ", tools.Take(2))}{more}";
    }

    private static string? Media(JsonElement message)
    {
        var content = MessageReader.Member(message, "content");
        if (content.ValueKind != JsonValueKind.Array)
            return null;
        return content.EnumerateArray()
            .Select(static part => MessageReader.Text(part, "type")?.Trim().ToLowerInvariant())
            .Where(static type => type is not (null or "" or "text" or "toolcall" or "tool_call"))
            .Select(static type => $"[{type}]")
            .FirstOrDefault();
    }

    private static string Shorten(string text, int maxChars)
    {
        if (text.Length <= maxChars)
            return text;
        var length = maxChars - 3;
        if (char.IsHighSurrogate(text[length - 1]))
            length--;
        return text[..length] + "...";
    }
}
