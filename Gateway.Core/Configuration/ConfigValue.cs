using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Json5;
using OpenClaw.Gateway.Core.Configuration.Loading;

namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>Values as <c>config set</c> takes and <c>config get</c> prints them.</summary>
public static class ConfigValue
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a typed value: JSON5 (so <c>12</c> is a number and <c>true</c> a switch), else the text itself.</summary>
    /// <param name="text">What the user typed.</param>
    /// <param name="strict"><c>--json</c>: text that is not JSON5 is an error.</param>
    /// <param name="value">The value; null for null.</param>
    /// <returns>What to print on stderr, or null.</returns>
    public static string? TryParse(string text, bool strict, out JsonNode? value)
    {
        if (Json5Document.TryParse(text.Trim(), out var document, out var error))
        {
            value = Json5Conversion.ToJson(document);
            return null;
        }
        value = JsonValue.Create(text);
        return strict ? $"Failed to parse JSON5 value: SyntaxError: {error.Message}" : null;
    }

    /// <summary>A scalar bare, anything else (and everything for <c>--json</c>) as JSON with two blanks of indentation.</summary>
    /// <param name="value">A value of the configuration.</param>
    /// <param name="json">Whether <c>--json</c> was given.</param>
    public static string Format(JsonNode? value, bool json)
    {
        if (!json && JsonKinds.IsString(value, out var text))
            return text;
        if (value is null)
            return "null";
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
            value.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
