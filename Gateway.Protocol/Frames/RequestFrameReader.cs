using System.Text.Json;
using OpenClaw.Gateway.Protocol.Json;

namespace OpenClaw.Gateway.Protocol.Frames;

/// <summary>What an inbound message turned out to be.</summary>
public enum FrameReadStatus
{
    /// <summary>A request; its parts are set.</summary>
    Request,

    /// <summary>JSON, but not a request, or nested too deeply to be read as one. <see cref="RequestFrameDiagnosis"/> words why.</summary>
    Invalid,

    /// <summary>Not JSON.</summary>
    NotJson,
}

/// <summary>The parts of a request, as slices of the message they were read from.</summary>
/// <param name="IdJson">The id as it stands in the message, a JSON string with its quotes, ready to be echoed.</param>
/// <param name="MethodUtf8">The method name, unescaped.</param>
/// <param name="ParamsJson">JSON text of the params, safe to decode; empty when absent.</param>
public readonly record struct InboundRequest(ReadOnlyMemory<byte> IdJson, ReadOnlyMemory<byte> MethodUtf8, ReadOnlyMemory<byte> ParamsJson);

/// <summary>Reads request frames in one pass and without copying.</summary>
/// <remarks>Bytes that are not UTF-8 and unpaired surrogates count as U+FFFD, as with the peer; such a message is copied.</remarks>
public static class RequestFrameReader
{
    /// <summary>Longest <see cref="RequestFrame.Traceparent"/>, in code points.</summary>
    private const int MaxTraceparent = 128;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = Limits.ProtocolLimits.MaxDepth };

    /// <summary>Reads <paramref name="message"/>. Never throws, whatever the bytes.</summary>
    public static FrameReadStatus Read(ReadOnlyMemory<byte> message, out InboundRequest request)
    {
        request = default;
        var json = WellFormedJson.Of(message);
        try
        {
            return ReadCore(json, out request);
        }
        catch (JsonException)
        {
            // Whoever sent JSON waits for an answer, however deep it is.
            return DeepFrame.IsJson(json) ? FrameReadStatus.Invalid : FrameReadStatus.NotJson;
        }
    }

    private static FrameReadStatus ReadCore(ReadOnlyMemory<byte> message, out InboundRequest request)
    {
        request = default;
        var reader = new Utf8JsonReader(message.Span, ReaderOptions);
        if (!reader.Read())
            return FrameReadStatus.NotJson;
        var isObject = reader.TokenType is JsonTokenType.StartObject;
        if (!isObject)
            reader.Skip();

        // Of a repeated name the last value counts.
        ReadOnlyMemory<byte> id = default, method = default, parameters = default;
        bool typed = false, unknown = false, traceparent = true, profile = true;
        while (isObject && reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
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
            else if (reader.ValueTextEquals("traceparent"u8))
            {
                reader.Read();
                traceparent = IsShortString(ref reader);
            }
            else if (reader.ValueTextEquals("expectedProfileId"u8))
            {
                reader.Read();
                profile = reader.TokenType is JsonTokenType.String;
                reader.Skip();
            }
            else
            {
                unknown = true;
                reader.Read();
                reader.Skip();
            }
        }
        // Text after the value makes the message something else than JSON: Read throws on it.
        while (reader.Read())
        {
        }
        if (!isObject || !typed || unknown || !traceparent || !profile || id.IsEmpty || method.IsEmpty)
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

    private static bool IsShortString(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String)
            return reader.ValueSpan.Length <= MaxTraceparent || reader.GetString()!.EnumerateRunes().Count() <= MaxTraceparent;
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

    private static ReadOnlyMemory<byte> Text(ReadOnlyMemory<byte> message, ref Utf8JsonReader reader) => reader.ValueIsEscaped
        ? System.Text.Encoding.UTF8.GetBytes(reader.GetString()!)
        : message.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
}
