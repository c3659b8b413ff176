namespace OpenClaw.Gateway.Client.Connections;

/// <summary>How a connection ended, or why there was none.</summary>
/// <param name="Code">WebSocket close code; <see cref="Abnormal"/> when the other side sent none.</param>
/// <param name="Reason">Close reason; empty when there was none.</param>
/// <param name="NetworkError">
/// When no connection came about: what the network said, worded as Node words it, e.g. <c>connect ECONNREFUSED 127.0.0.1:18789</c>.
/// </param>
public sealed record GatewayClose(int Code, string Reason, string? NetworkError = null)
{
    /// <summary>RFC 6455 §7.1.5: the connection ended without a close frame.</summary>
    public const int Abnormal = 1006;

    /// <summary>Sent by this client when the gateway's ticks stopped.</summary>
    public const int TickTimeout = 4000;
}
