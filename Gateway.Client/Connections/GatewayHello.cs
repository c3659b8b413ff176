using System.Text.Json;
using OpenClaw.Gateway.Client.Json;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Client.Connections;

/// <summary>
/// What the client itself needs of <c>hello-ok</c>. <see cref="Payload"/> is the whole, to be read as
/// <see cref="Protocol.Connect.HelloOk"/> by who wants the snapshot: most commands do not, and it costs start time.
/// </summary>
public sealed record GatewayHello
{
    // A gateway that says nothing, or nonsense, gets the protocol's own interval.
    private const long MinTickIntervalMs = 1_000;
    private const long MaxTickIntervalMs = 3_600_000;

    /// <summary>Protocol generation of the connection.</summary>
    public long Protocol { get; init; } = ProtocolLimits.OldestVersion;

    /// <summary>Interval of the gateway's <c>tick</c>; two silent ones end the connection.</summary>
    public TimeSpan TickInterval { get; init; } = TimeSpan.FromMilliseconds(ProtocolLimits.TickIntervalMs);

    /// <summary>Largest request in bytes that the gateway takes.</summary>
    public long MaxPayload { get; init; } = ProtocolLimits.MaxPayloadBytes;

    /// <summary>Token for this device's next connect, if one was issued.</summary>
    public string? DeviceToken { get; init; }

    /// <summary>Role that <see cref="DeviceToken"/> is for.</summary>
    public string? Role { get; init; }

    /// <summary>Scopes that <see cref="DeviceToken"/> covers.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>JSON text of the whole payload.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Never the token.</summary>
    public override string ToString() => "hello-ok";

    internal static GatewayHello Read(ReadOnlyMemory<byte> payload)
    {
        var hello = new GatewayHello { Payload = payload };
        try
        {
            return payload.IsEmpty ? hello : ReadCore(payload.Span, hello);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return hello;
        }
    }

    private static GatewayHello ReadCore(ReadOnlySpan<byte> payload, GatewayHello hello)
    {
        var reader = new Utf8JsonReader(payload, ServerFrame.ReaderOptions);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            return hello;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("protocol"u8))
                hello = hello with { Protocol = JsonText.Integer(ref reader) ?? hello.Protocol };
            else if (reader.ValueTextEquals("auth"u8))
                hello = ReadAuth(ref reader, hello);
            else if (reader.ValueTextEquals("policy"u8))
                hello = ReadPolicy(ref reader, hello);
            else
                reader.Skip();
        }
        return hello;
    }

    private static GatewayHello ReadAuth(ref Utf8JsonReader reader, GatewayHello hello)
    {
        if (!JsonText.EnterObject(ref reader))
            return hello;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("deviceToken"u8))
                hello = hello with { DeviceToken = JsonText.String(ref reader) };
            else if (reader.ValueTextEquals("role"u8))
                hello = hello with { Role = JsonText.String(ref reader) };
            else if (reader.ValueTextEquals("scopes"u8))
                hello = hello with { Scopes = JsonText.Strings(ref reader) };
            else
                reader.Skip();
        }
        return hello;
    }

    private static GatewayHello ReadPolicy(ref Utf8JsonReader reader, GatewayHello hello)
    {
        if (!JsonText.EnterObject(ref reader))
            return hello;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("tickIntervalMs"u8))
            {
                if (JsonText.Integer(ref reader) is { } interval)
                    hello = hello with { TickInterval = TimeSpan.FromMilliseconds(Math.Clamp(interval, MinTickIntervalMs, MaxTickIntervalMs)) };
            }
            else if (reader.ValueTextEquals("maxPayload"u8))
            {
                if (JsonText.Integer(ref reader) is > 0 and var bytes)
                    hello = hello with { MaxPayload = bytes };
            }
            else
            {
                reader.Skip();
            }
        }
        return hello;
    }
}
