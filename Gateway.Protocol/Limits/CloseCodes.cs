namespace OpenClaw.Gateway.Protocol.Limits;

/// <summary>WebSocket close codes that the gateway sends, and what each means to a client.</summary>
public static class CloseCodes
{
    /// <summary>Handshake timed out, or the first message was not JSON.</summary>
    public const int Normal = 1000;

    /// <summary>No common protocol version.</summary>
    public const int ProtocolMismatch = 1002;

    /// <summary>A text message that is not UTF-8.</summary>
    public const int InvalidPayload = 1007;

    /// <summary>The handshake was refused, or the client reads too slowly.</summary>
    public const int PolicyViolation = 1008;

    /// <summary>The message exceeds <see cref="ProtocolLimits.MaxPayloadBytes"/>.</summary>
    public const int MessageTooBig = 1009;

    /// <summary>The gateway failed on this connection; its log says why.</summary>
    public const int InternalError = 1011;

    /// <summary>The gateway stops or restarts; reconnect.</summary>
    public const int ServiceRestart = 1012;

    /// <summary>The gateway cannot take the connection now; try again later.</summary>
    public const int TryAgainLater = 1013;

    /// <summary>The token of the connection's device was rotated or revoked.</summary>
    public const int DeviceRemoved = 4001;
}
