using System.Text.Json;
using OpenClaw.Gateway.Core.Sessions.Json;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>The outer fields of one line; what it carries stays unparsed.</summary>
internal readonly record struct TranscriptLine(TranscriptEntryKind Kind, string? Id, string? ParentId, int Version)
{
    /// <summary>Parses a whole line; null when it is not one JSON object.</summary>
    public static TranscriptLine? Parse(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = JsonLayout.MaxDepth });
        var kind = TranscriptEntryKind.Other;
        string? id = null, parentId = null;
        var version = 0;
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("type"u8))
                    kind = Next(ref reader) ? KindOf(ref reader) : kind;
                else if (reader.ValueTextEquals("id"u8))
                    id = Next(ref reader) ? LenientText.Read(ref reader) : null;
                else if (reader.ValueTextEquals("parentId"u8))
                    parentId = Next(ref reader) ? LenientText.Read(ref reader) : null;
                else if (reader.ValueTextEquals("version"u8) && reader.Read())
                    version = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : 0;
                else
                    reader.Read();
                reader.Skip();
            }

            // Anything behind the object makes this throw.
            reader.Read();
            return new TranscriptLine(kind, id, parentId, version);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // InvalidOperationException: a name with half a surrogate pair
        }
    }

    private static bool Next(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.String;

    private static TranscriptEntryKind KindOf(ref Utf8JsonReader reader) => LenientText.Read(ref reader) switch
    {
        "session" => TranscriptEntryKind.Header,
        "message" => TranscriptEntryKind.Message,
        "model_change" => TranscriptEntryKind.ModelChange,
        "thinking_level_change" => TranscriptEntryKind.ThinkingLevelChange,
        "custom" => TranscriptEntryKind.Custom,
        "custom_message" => TranscriptEntryKind.CustomMessage,
        "compaction" => TranscriptEntryKind.Compaction,
        "branch_summary" => TranscriptEntryKind.BranchSummary,
        "label" => TranscriptEntryKind.Label,
        "session_info" => TranscriptEntryKind.SessionInfo,
        _ => TranscriptEntryKind.Other,
    };
}
