using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Json5;

/// <summary>How a text is laid out, so that what an edit adds looks like what is there.</summary>
/// <param name="Unit">One step of indentation.</param>
/// <param name="NewLine">Line ending.</param>
/// <param name="QuoteNames">Whether names stand in quotes.</param>
internal sealed record Json5Style(string Unit, string NewLine, bool QuoteNames)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Json5Style Of(Json5Document document)
    {
        var text = document.Text;
        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var first = document.Root is Json5Object { Members.Count: > 0 } root ? root.Members[0] : null;
        var quote = first is null || text[first.Start] is '"' or '\'';
        var indent = first is null ? "" : IndentOf(text, first.Start) ?? "";
        return new Json5Style(indent.Length is > 0 and <= 8 ? indent : "  ", newLine, quote);
    }

    /// <summary>The blanks a line begins with, when nothing but blanks stands before the offset; else null.</summary>
    public static string? IndentOf(string text, int offset)
    {
        var start = LineStart(text, offset);
        var indent = text[start..offset];
        return indent.All(c => c is ' ' or '\t') ? indent : null;
    }

    /// <summary>The blanks at the start of the line that the offset is in.</summary>
    public static string LineIndent(string text, int offset)
    {
        var start = LineStart(text, offset);
        var end = start;
        while (end < text.Length && text[end] is ' ' or '\t')
            end++;
        return text[start..end];
    }

    public static int LineStart(string text, int offset) => offset == 0 ? 0 : text.LastIndexOf('\n', offset - 1) + 1;

    public string Member(string name, JsonNode? value, string indent) => $"{Name(name)}: {Value(value, indent)}";

    /// <summary>A member for a container that stands on one line.</summary>
    public string InlineMember(string name, JsonNode? value) => $"{Name(name)}: {Inline(value)}";

    public string Inline(JsonNode? value) => value switch
    {
        JsonObject { Count: > 0 } obj => $"{{ {string.Join(", ", obj.Select(member => InlineMember(member.Key, member.Value)))} }}",
        JsonArray { Count: > 0 } array => $"[{string.Join(", ", array.Select(Inline))}]",
        _ => Scalar(value),
    };

    public string Value(JsonNode? value, string indent)
    {
        var text = new StringBuilder();
        Append(text, value, indent);
        return text.ToString();
    }

    private void Append(StringBuilder text, JsonNode? value, string indent)
    {
        var inner = indent + Unit;
        switch (value)
        {
            case JsonObject { Count: > 0 } obj:
                AppendItems(text, '{', '}', obj.Select(member => (member.Value, Name: (string?)member.Key)), indent, inner);
                break;
            case JsonArray { Count: > 0 } array:
                AppendItems(text, '[', ']', array.Select(item => (item, Name: (string?)null)), indent, inner);
                break;
            default:
                text.Append(Scalar(value));
                break;
        }
    }

    private void AppendItems(StringBuilder text, char open, char close, IEnumerable<(JsonNode? Value, string? Name)> items, string indent, string inner)
    {
        text.Append(open);
        var separator = "";
        foreach (var (value, name) in items)
        {
            text.Append(separator).Append(NewLine).Append(inner);
            if (name is not null)
                text.Append(Name(name)).Append(": ");
            Append(text, value, inner);
            separator = ",";
        }
        text.Append(NewLine).Append(indent).Append(close);
    }

    private string Name(string name)
    {
        var plain = name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$');
        return plain && !QuoteNames ? name : Scalar(JsonValue.Create(name));
    }

    private static string Scalar(JsonNode? value)
    {
        if (value is null)
            return "null";
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
            value.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
