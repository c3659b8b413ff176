using OpenClaw.Gateway.Client.Targets;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Connections;

/// <summary>Where the browser UI of a gateway is.</summary>
internal static class DashboardAddress
{
    /// <summary>Its URL; null when the UI is switched off.</summary>
    public static string? UrlOf(ConfigSnapshot snapshot, GatewayAddress address)
    {
        var ui = snapshot.Gateway.ControlUi;
        if (!ui.Enabled || !Uri.TryCreate(address.Url, UriKind.Absolute, out var url))
            return null;
        var scheme = url.Scheme is "wss" or "https" ? "https" : "http";
        return $"{scheme}://{url.Authority}{ui.BasePath}/";
    }
}
