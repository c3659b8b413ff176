namespace OpenClaw.Gateway.Client.Errors;

/// <summary>A request was made between two connections: <c>gateway not connected</c>. It was not sent.</summary>
public sealed class GatewayNotConnectedException(string? connectionDetails = null)
    : GatewayException("gateway not connected", connectionDetails);
