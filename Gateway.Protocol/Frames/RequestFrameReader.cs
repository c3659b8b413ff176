using System.Text.Json;

namespace OpenClaw.Gateway.Protocol.Frames;

/// <summary>What an inbound message turned out to be.</summary>
public enum FrameReadStatus
{
    /// <summary>A request; its parts are set.</summary>
    Request,

    /// <summary>JSON, but not a request. <see cref="RequestFrameDiagnosis"/> words why.</summary>
    Invalid,

    /// <summary>Not JSON.</summary>
    NotJson,
}

/// <summary>The parts of a request, as slices of the message they were read from.</summary>
/// <param name="IdJson">The id as it stands in the message, a JSON string with its quotes, ready to be echoed.</param>
/// <param name="MethodUtf8">The method name, unescaped.</param>
/// <param name="ParamsJson">JSON text of the params; empty when absent.</param>
public readonly record struct InboundRequest(ReadOnlyMemory<byte> IdJson, ReadOnlyMemory<byte> MethodUtf8, ReadOnlyMemory<byte> ParamsJson);

/// <summary>Reads request frames in one pass and without copying.</summary>
public static class RequestFrameReader
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = Limits.ProtocolLimits.MaxDepth };

    /// <summary>Reads <paramref name="message"/>, which must be valid UTF-8. Never throws, whatever the bytes.</summary>
    public static FrameReadStatus Read(ReadOnlyMemory<byte> message, out InboundRequest request)
    {
        request = default;
        try
        {
            return ReadCore(message, out request);
        }
        catch (JsonException)
        {
            return FrameReadStatus.NotJson;
        }
    }

    private static FrameReadStatus ReadCore(ReadOnlyMemory<byte> message, out InboundRequest request)
    {
        request = default;
        var reader = new Utf8JsonReader(message.Span, ReaderOptions);
        if (!reader.Read())
            return FrameReadStatus.NotJson;
        var valid = reader.TokenType is JsonTokenType.StartObject;
        if (!valid)
            reader.Skip();

        ReadOnlyMemory<byte> id = default, method = default, parameters = default;
        bool typed = false, expectsOnlyKnown = valid;
        while (valid && reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                id = IsNonEmptyString(ref reader) ? Slice(message, ref reader) : default;
            }
            else if (reader.ValueTextEquals("method"u8))
            {
                reader.Read();
                method = IsNonEmptyString(ref reader) ? Text(message, ref reader) : default;
            }
            else if (reader.ValueTextEquals("params"u8))
            {
                reader.Read();
                parameters = Slice(message, ref reader);
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                typed = reader.TokenType is JsonTokenType.String && reader.ValueTextEquals("req"u8);
                reader.Skip();
            }
            else
            {
                // Protocol 4 adds optional properties; rare, so the validator on the slow path decides.
                expectsOnlyKnown &= reader.ValueTextEquals("traceparent"u8) || reader.ValueTextEquals("expectedProfileId"u8);
                reader.Read();
                expectsOnlyKnown &= reader.TokenType is JsonTokenType.String && reader.ValueSpan.Length <= 128;
                reader.Skip();
            }
        }
        // Text after the value makes the message something else than JSON: Read throws on it.
        while (reader.Read())
        {
        }
        if (!valid || !typed || !expectsOnlyKnown || id.IsEmpty || method.IsEmpty)
            return FrameReadStatus.Invalid;
        request = new InboundRequest(id, method, parameters);
        return FrameReadStatus.Request;
    }

    private static bool IsNonEmptyString(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String)
            return reader.ValueSpan.Length > 0;
        reader.Skip();
        return false;
    }

    /// <summary>The JSON text of the current value; moves to its end.</summary>
    private static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> message, ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return message[start..(int)reader.BytesConsumed];
    }

    private static ReadOnlyMemory<byte> Text(ReadOnlyMemory<byte> message, ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return message.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        try
        {
            return System.Text.Encoding.UTF8.GetBytes(reader.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // An unpaired surrogate escape: no method has such a name.
            return "\uFFFD"u8.ToArray();
        }
    }
}
