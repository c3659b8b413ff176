using System.Text.Json;
using OpenClaw.Gateway.Client.Json;
using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Gateway.Client.Connections;

/// <summary>
/// Reads response and event frames. Properties it does not know are passed over, so that a newer gateway can add some;
/// what lacks the required ones is no frame.
/// </summary>
internal static class ServerFrameReader
{
    /// <summary>Null for anything that is no response and no event. Never throws, whatever the bytes.</summary>
    public static ServerFrame? Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            return ReadCore(message);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON, or half a character in an escape.
            return null;
        }
    }

    private static ServerFrame? ReadCore(ReadOnlyMemory<byte> message)
    {
        var reader = new Utf8JsonReader(message.Span, ServerFrame.ReaderOptions);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            return null;
        string? type = null, id = null, name = null;
        bool? ok = null;
        long? seq = null;
        ErrorShape? error = null;
        ReadOnlyMemory<byte> payload = default;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("payload"u8))
                payload = Slice(message, ref reader);
            else if (reader.ValueTextEquals("type"u8))
                type = JsonText.String(ref reader);
            else if (reader.ValueTextEquals("id"u8))
                id = JsonText.String(ref reader);
            else if (reader.ValueTextEquals("event"u8))
                name = JsonText.String(ref reader);
            else if (reader.ValueTextEquals("seq"u8))
                seq = JsonText.Integer(ref reader);
            else if (reader.ValueTextEquals("ok"u8))
                ok = JsonText.Boolean(ref reader);
            else if (reader.ValueTextEquals("error"u8))
                error = ReadError(ref reader);
            else
                reader.Skip();
        }
        // Throws when something follows the object.
        reader.Read();
        return type switch
        {
            "res" when id is not null && ok is { } outcome =>
                new ServerFrame { Id = id, Ok = outcome, Payload = payload, Error = outcome ? null : error ?? Unknown },
            "event" when !string.IsNullOrEmpty(name) => new ServerFrame { Event = name, Payload = payload, Seq = seq },
            _ => null,
        };
    }

    private static ErrorShape Unknown => ErrorShape.Unavailable("unknown error");

    private static ErrorShape? ReadError(ref Utf8JsonReader reader)
    {
        if (!JsonText.EnterObject(ref reader))
            return null;
        var error = Unknown;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("code"u8))
                error = error with { Code = JsonText.String(ref reader) ?? error.Code };
            else if (reader.ValueTextEquals("message"u8))
                error = error with { Message = JsonText.String(ref reader) ?? error.Message };
            else if (reader.ValueTextEquals("retryable"u8))
                error = error with { Retryable = JsonText.Boolean(ref reader) };
            else if (reader.ValueTextEquals("retryAfterMs"u8))
                error = error with { RetryAfterMs = JsonText.Integer(ref reader) };
            else if (reader.ValueTextEquals("details"u8))
            {
                reader.Read();
                error = error with { Details = JsonElement.ParseValue(ref reader) };
            }
            else
                reader.Skip();
        }
        return error;
    }

    /// <summary>The JSON text after the current property name; moves to its end.</summary>
    private static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> message, ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return message[start..(int)reader.BytesConsumed];
    }
}
