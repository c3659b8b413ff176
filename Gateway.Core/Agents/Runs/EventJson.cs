using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Tools;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>Writes the data objects of run events.</summary>
internal static class EventJson
{
    /// <summary>Most characters of one text block in an event, as in the peer; the transcript keeps all of it.</summary>
    private const int MaxTextChars = 8000;

    private const string TruncationMark = "\n…(truncated)…";

    public static JsonElement Build(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    public static void WriteNode(Utf8JsonWriter writer, string name, JsonNode? node)
    {
        writer.WritePropertyName(name);
        if (node is null)
            writer.WriteNullValue();
        else
            node.WriteTo(writer);
    }

    /// <summary>A tool result for clients: long texts cut, images without their bytes.</summary>
    public static void WriteToolResult(Utf8JsonWriter writer, string name, ToolResult result)
    {
        writer.WriteStartObject(name);
        writer.WriteStartArray("content");
        foreach (var block in result.Content)
            WriteBlock(writer, block);
        writer.WriteEndArray();
        if (result.Details is { } details)
            WriteNode(writer, "details", details);
        writer.WriteEndObject();
    }

    private static void WriteBlock(Utf8JsonWriter writer, ContentBlock block)
    {
        writer.WriteStartObject();
        switch (block)
        {
            case TextBlock text:
                writer.WriteString("type", "text");
                writer.WriteString("text", text.Text.Length <= MaxTextChars ? text.Text : text.Text[..CutAt(text.Text)] + TruncationMark);
                break;
            case ImageBlock image:
                writer.WriteString("type", "image");
                writer.WriteString("mimeType", image.MimeType);
                writer.WriteNumber("bytes", image.Data.Length);
                writer.WriteBoolean("omitted", true);
                break;
        }
        writer.WriteEndObject();
    }

    // Half of a surrogate pair is not a character, and not valid JSON text either.
    private static int CutAt(string text) => char.IsHighSurrogate(text[MaxTextChars - 1]) ? MaxTextChars - 1 : MaxTextChars;
}
