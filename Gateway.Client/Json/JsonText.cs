using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenClaw.Gateway.Client.Json;

/// <summary>Reads values one by one, and writes the JSON of state files: two spaces, a newline at the end.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The string after the current property name; null for any other value.</summary>
    public static string? String(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String)
        {
            try
            {
                return reader.GetString();
            }
            catch (InvalidOperationException)
            {
                // An escape that is half of a character. What it would have said cannot be known.
                return null;
            }
        }
        reader.Skip();
        return null;
    }

    /// <summary>The integer after the current property name; null for any other value.</summary>
    public static long? Integer(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Number && reader.TryGetInt64(out var value))
            return value;
        reader.Skip();
        return null;
    }

    /// <summary>The boolean after the current property name; null for any other value.</summary>
    public static bool? Boolean(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
            return reader.GetBoolean();
        reader.Skip();
        return null;
    }

    /// <summary>The strings of the array after the current property name; other values are passed over.</summary>
    public static List<string> Strings(ref Utf8JsonReader reader)
    {
        var strings = new List<string>();
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            reader.Skip();
            return strings;
        }
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.String)
                strings.Add(reader.GetString()!);
            else
                reader.Skip();
        }
        return strings;
    }

    /// <summary>Moves into the object after the current property name; passes over any other value.</summary>
    public static bool EnterObject(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.StartObject)
            return true;
        reader.Skip();
        return false;
    }

    public static byte[] WriteIndented<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Indented))
            write(writer, state);
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
