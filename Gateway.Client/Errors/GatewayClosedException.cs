using System.Globalization;
using OpenClaw.Gateway.Client.Connections;

namespace OpenClaw.Gateway.Client.Errors;

/// <summary>The connection could not be made, or ended: <c>gateway closed (1006 abnormal closure (no close frame)): no close reason</c>.</summary>
public class GatewayClosedException : GatewayException
{
    /// <summary>The end <paramref name="close"/> of a connection.</summary>
    public GatewayClosedException(GatewayClose close, string? connectionDetails = null, Exception? inner = null)
        : base(Describe(close), connectionDetails, inner)
    {
        Close = close;
    }

    /// <summary>Code, reason and, when there never was a connection, the network's error.</summary>
    public GatewayClose Close { get; }

    private static string Describe(GatewayClose close)
    {
        ArgumentNullException.ThrowIfNull(close);
        var hint = close.Code switch
        {
            GatewayClose.Abnormal => " abnormal closure (no close frame)",
            1000 => " normal closure",
            _ => "",
        };
        var reason = close.Reason.AsSpan().Trim();
        return string.Create(
            CultureInfo.InvariantCulture, $"gateway closed ({close.Code}{hint}): {(reason.IsEmpty ? "no close reason" : reason)}");
    }
}
