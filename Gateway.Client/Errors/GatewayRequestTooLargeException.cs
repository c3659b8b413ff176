using System.Globalization;

namespace OpenClaw.Gateway.Client.Errors;

/// <summary>A request exceeds what the gateway takes. Sending it would only have ended the connection.</summary>
public sealed class GatewayRequestTooLargeException(string method, long bytes, long limit, string? connectionDetails = null)
    : GatewayException(
        string.Create(CultureInfo.InvariantCulture, $"the request {method} has {bytes} bytes; this gateway takes at most {limit}"), connectionDetails);
