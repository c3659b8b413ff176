using System.Globalization;
using System.Text.Json;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Protocol.Frames;

/// <summary>
/// Looks at a message that nests deeper than <see cref="ProtocolLimits.MaxDepth"/>. It is walked and never built: a level costs
/// the reader one bit, so memory is bounded by the message's size.
/// </summary>
internal static class DeepFrame
{
    /// <summary>What is wrong with such a message, in the words of the other violations.</summary>
    public static readonly string Errors = string.Create(CultureInfo.InvariantCulture, $"at root: must NOT have more than {ProtocolLimits.MaxDepth} levels");

    /// <summary>True when <paramref name="message"/> is JSON, of whatever depth.</summary>
    public static bool IsJson(ReadOnlyMemory<byte> message)
    {
        try
        {
            var reader = ReaderOf(message.Span);
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>True when the value is an object.</summary>
    /// <exception cref="JsonException">The message is not JSON.</exception>
    public static bool IsObject(ReadOnlyMemory<byte> message)
    {
        var reader = ReaderOf(message.Span);
        return reader.Read() && reader.TokenType is JsonTokenType.StartObject;
    }

    /// <summary>The JSON text of the last id when it is a string, a number or a boolean; empty otherwise.</summary>
    /// <exception cref="JsonException">The message is not JSON.</exception>
    public static ReadOnlyMemory<byte> IdOf(ReadOnlyMemory<byte> message)
    {
        ReadOnlyMemory<byte> id = default;
        var reader = ReaderOf(message.Span);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            return id;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId)
            {
                id = reader.TokenType is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False
                    ? message[(int)reader.TokenStartIndex..(int)reader.BytesConsumed]
                    : default;
            }
            reader.Skip();
        }
        return id;
    }

    private static Utf8JsonReader ReaderOf(ReadOnlySpan<byte> message) => new(message, new JsonReaderOptions { MaxDepth = message.Length + 1 });
}
