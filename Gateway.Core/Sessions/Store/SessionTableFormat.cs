using System.Buffers;
using System.Text;
using System.Text.Json;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Keys;

namespace OpenClaw.Gateway.Core.Sessions.Store;

/// <summary>
/// sessions.json as bytes: one object, session key to entry, indented by two spaces. Reading accepts comments and
/// trailing commas; member values keep their bytes.
/// </summary>
internal static class SessionTableFormat
{
    private const int PieceBytes = 128 * 1024;

    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:-.@/ ");

    /// <summary>Parses a file.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="rules">How keys are spelled.</param>
    /// <param name="agentId">The agent whose file it is, for keys that name none.</param>
    /// <exception cref="JsonException">Not one JSON object.</exception>
    public static SessionTable Parse(ReadOnlyMemory<byte> content, SessionKeyRules rules, string agentId)
    {
        if (content.Span.StartsWith("\uFEFF"u8))
            content = content[3..];

        // Laid out anew first, so that slices of it can later be written as they are.
        ReadOnlyMemory<byte> text = JsonLayout.Indent(JsonLayout.ToValidUtf8(content).Span);
        var reader = JsonLayout.Read(text.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("The session store is not a JSON object.");

        var entries = new OrderedDictionary<string, SessionEntry>();
        var foreign = new List<SessionField>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = LenientText.Read(ref reader);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject || rules.CanonicalizeStored(name, agentId) is not { } key)
            {
                foreign.Add(new SessionField(name, Slice(text, ref reader)));
                continue;
            }
            var entry = LegacyFieldNames.Rename(ReadEntry(text, ref reader));
            entries[key.Value] = entries.TryGetValue(key.Value, out var other) ? SessionTable.Merge(other, entry) : entry;
        }
        return new SessionTable(entries, foreign);
    }

    /// <summary>Writes the file's new content, in pieces: a store of thousands of sessions has many megabytes.</summary>
    public static void Write(SessionTable table, Stream stream)
    {
        var output = new ArrayBufferWriter<byte>(2 * PieceBytes);
        output.Write("{"u8);
        var first = true;
        foreach (var (key, entry) in table.Entries)
        {
            Name(output, key, "\n  "u8, ref first);
            WriteEntry(output, entry);
            if (output.WrittenCount < PieceBytes)
                continue;
            stream.Write(output.WrittenSpan);
            output.ResetWrittenCount();
        }
        foreach (var member in table.Foreign)
        {
            Name(output, member.Name, "\n  "u8, ref first);
            output.Write(member.Value.Utf8.Span);
        }
        output.Write(first ? "}"u8 : "\n}"u8);
        stream.Write(output.WrittenSpan);
    }

    private static SessionEntry ReadEntry(ReadOnlyMemory<byte> text, ref Utf8JsonReader reader)
    {
        var fields = new List<SessionField>(24);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var spelled = LenientText.Read(ref reader);
            var name = string.IsInterned(spelled) ?? spelled; // thousands of entries share some thirty names
            reader.Read();
            var field = new SessionField(name, Slice(text, ref reader));
            var twice = fields.FindIndex(f => f.Name == name);
            if (twice < 0)
                fields.Add(field);
            else
                fields[twice] = field;
        }
        return new SessionEntry([.. fields]);
    }

    private static RawJson Slice(ReadOnlyMemory<byte> text, ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new RawJson(text[start..(int)reader.BytesConsumed]);
    }

    private static void WriteEntry(ArrayBufferWriter<byte> output, SessionEntry entry)
    {
        output.Write("{"u8);
        var first = true;
        foreach (var field in entry.Fields)
        {
            Name(output, field.Name, "\n    "u8, ref first);
            output.Write(field.Value.Utf8.Span);
        }
        output.Write(first ? "}"u8 : "\n  }"u8);
    }

    private static void Name(ArrayBufferWriter<byte> output, string name, ReadOnlySpan<byte> lineStart, ref bool first)
    {
        if (!first)
            output.Write(","u8);
        first = false;
        output.Write(lineStart);
        if (IsPlain(name))
        {
            var quoted = output.GetSpan(name.Length + 2)[..(name.Length + 2)];
            quoted[0] = (byte)'"';
            Ascii.FromUtf16(name, quoted[1..], out _);
            quoted[^1] = (byte)'"';
            output.Advance(quoted.Length);
        }
        else
        {
            output.Write(JsonSerializer.SerializeToUtf8Bytes(name, SessionsJson.Context.String));
        }
        output.Write(": "u8);
    }

    /// <summary>Nothing in it has to be escaped. So are nearly all, and every write has thousands of them.</summary>
    private static bool IsPlain(string name) => !name.AsSpan().ContainsAnyExcept(PlainCharacters);
}
