using System.Globalization;

namespace OpenClaw.Gateway.Client.Errors;

/// <summary>No answer in time: <c>gateway timeout after 10000ms</c>. The gateway may still be doing what was asked.</summary>
public sealed class GatewayTimeoutException(TimeSpan timeout, string? connectionDetails = null)
    : GatewayException(
        string.Create(CultureInfo.InvariantCulture, $"gateway timeout after {(long)timeout.TotalMilliseconds}ms"), connectionDetails)
{
    /// <summary>How long was waited.</summary>
    public TimeSpan Timeout { get; } = timeout;
}
