using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Gateway.Client.Connections;

/// <summary>The gateway's answer to a request.</summary>
/// <param name="Ok">Whether the method did what was asked.</param>
/// <param name="Payload">JSON text of the payload; empty when there is none. Some failures carry one too.</param>
/// <param name="Error">What went wrong; set exactly when <paramref name="Ok"/> is false.</param>
public sealed record GatewayResponse(bool Ok, ReadOnlyMemory<byte> Payload, ErrorShape? Error)
{
    /// <summary>Reads the payload.</summary>
    /// <exception cref="JsonException">The payload is absent or of another shape.</exception>
    public T Read<T>(JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(Payload.Span, type) ?? throw new JsonException("The gateway's answer is null.");
}
