using System.Text.Json;
using OpenClaw.Gateway.Client.Json;

namespace OpenClaw.Gateway.Client.Connections;

/// <summary>The gateway's <c>connect.challenge</c>.</summary>
internal sealed record Challenge(string Nonce, long? TimestampMs)
{
    /// <summary>Null when the payload has no nonce: the gateway may still send a better one.</summary>
    public static Challenge? Read(ReadOnlySpan<byte> payload)
    {
        string? nonce = null;
        long? timestampMs = null;
        try
        {
            var reader = new Utf8JsonReader(payload, ServerFrame.ReaderOptions);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("nonce"u8))
                    nonce = JsonText.String(ref reader);
                else if (reader.ValueTextEquals("ts"u8))
                    timestampMs = JsonText.Integer(ref reader);
                else
                    reader.Skip();
            }
        }
        catch (JsonException)
        {
            return null;
        }
        return string.IsNullOrEmpty(nonce) ? null : new Challenge(nonce, timestampMs is >= 0 ? timestampMs : null);
    }
}
