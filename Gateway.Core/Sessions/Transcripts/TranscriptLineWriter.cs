using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Sessions.Json;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>Writes transcript lines, version 3, fields in the peer's order, one JSON object per line.</summary>
internal static class TranscriptLineWriter
{
    /// <summary>
    /// The first line: <c>{"type":"session","version":3,"id","timestamp","cwd","parentSession"?}</c>.
    /// </summary>
    public static ReadOnlyMemory<byte> Header(string sessionId, DateTimeOffset time, string workingDirectory, string? parentSession = null) =>
        Line(writer =>
        {
            writer.WriteString("type", "session");
            writer.WriteNumber("version", TranscriptIndex.CurrentVersion);
            writer.WriteString("id", sessionId);
            writer.WriteString("timestamp", Timestamp(time));
            writer.WriteString("cwd", workingDirectory);
            if (parentSession is not null)
                writer.WriteString("parentSession", parentSession);
        });

    /// <summary>Any other line: <c>{"type","id","parentId","timestamp",…}</c>.</summary>
    public static ReadOnlyMemory<byte> Entry(TranscriptEntry entry, string id, string? parentId, DateTimeOffset time) =>
        Line(writer =>
        {
            var (_, type) = KindOf(entry);
            writer.WriteString("type", type);
            writer.WriteString("id", id);
            writer.WriteString("parentId", parentId);
            writer.WriteString("timestamp", Timestamp(time));
            WriteBody(writer, entry);
        });

    public static (TranscriptEntryKind Kind, string Type) KindOf(TranscriptEntry entry) => entry switch
    {
        MessageEntry => (TranscriptEntryKind.Message, "message"),
        ModelChangeEntry => (TranscriptEntryKind.ModelChange, "model_change"),
        ThinkingLevelChangeEntry => (TranscriptEntryKind.ThinkingLevelChange, "thinking_level_change"),
        CustomEntry => (TranscriptEntryKind.Custom, "custom"),
        CustomMessageEntry => (TranscriptEntryKind.CustomMessage, "custom_message"),
        CompactionEntry => (TranscriptEntryKind.Compaction, "compaction"),
        BranchSummaryEntry => (TranscriptEntryKind.BranchSummary, "branch_summary"),
        LabelEntry => (TranscriptEntryKind.Label, "label"),
        SessionInfoEntry => (TranscriptEntryKind.SessionInfo, "session_info"),
        _ => throw new ArgumentOutOfRangeException(nameof(entry), entry, "No line is known for this entry."),
    };

    /// <summary>Milliseconds and <c>Z</c>, as JavaScript writes dates.</summary>
    public static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void WriteBody(Utf8JsonWriter writer, TranscriptEntry entry)
    {
        switch (entry)
        {
            case MessageEntry message:
                writer.WritePropertyName("message");
                MessageWriter.Write(writer, message.Message);
                break;
            case ModelChangeEntry change:
                writer.WriteString("provider", change.Provider);
                writer.WriteString("modelId", change.ModelId);
                break;
            case ThinkingLevelChangeEntry change:
                writer.WriteString("thinkingLevel", change.ThinkingLevel);
                break;
            case CustomEntry custom:
                writer.WriteString("customType", custom.CustomType);
                Node(writer, "data", custom.Data);
                break;
            case CustomMessageEntry custom:
                writer.WriteString("customType", custom.CustomType);
                writer.WritePropertyName("content");
                MessageWriter.WriteContent(writer, custom.Content);
                writer.WriteBoolean("display", custom.Display);
                Node(writer, "details", custom.Details);
                break;
            case CompactionEntry compaction:
                writer.WriteString("summary", compaction.Summary);
                writer.WriteString("firstKeptEntryId", compaction.FirstKeptEntryId);
                writer.WriteNumber("tokensBefore", compaction.TokensBefore);
                Node(writer, "details", compaction.Details);
                if (compaction.FromHook is { } fromHook)
                    writer.WriteBoolean("fromHook", fromHook);
                break;
            case BranchSummaryEntry branch:
                writer.WriteString("fromId", branch.FromId);
                writer.WriteString("summary", branch.Summary);
                Node(writer, "details", branch.Details);
                break;
            case LabelEntry label:
                writer.WriteString("targetId", label.TargetId);
                if (label.Label is not null)
                    writer.WriteString("label", label.Label);
                break;
            case SessionInfoEntry info:
                writer.WriteString("name", info.Name);
                break;
        }
    }

    private static void Node(Utf8JsonWriter writer, string name, JsonNode? value)
    {
        if (value is null)
            return;
        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }

    private static ReadOnlyMemory<byte> Line(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, SessionsJson.Writer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }
}
