namespace OpenClaw.Gateway.Client.Errors;

/// <summary>The certificate is not the pinned one, or a pin cannot be checked: <c>gateway tls fingerprint mismatch</c>.</summary>
public sealed class GatewayTlsException(string summary, string? connectionDetails = null, Exception? inner = null)
    : GatewayException(summary, connectionDetails, inner);
