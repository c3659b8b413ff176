using System.Globalization;

namespace OpenClaw.Gateway.Client.Targets;

/// <summary>Who named a gateway's address.</summary>
public enum GatewayAddressOrigin
{
    /// <summary><c>--url</c>.</summary>
    Option,

    /// <summary><c>gateway.remote.url</c>.</summary>
    Remote,

    /// <summary>It is this machine's gateway.</summary>
    Local,

    /// <summary>Remote mode without <c>gateway.remote.url</c>: this machine's gateway, for display only.</summary>
    LocalFallback,
}

/// <summary>Where a command looks for the gateway, and why there.</summary>
/// <param name="Url">Address as the user wrote it, or of this machine.</param>
/// <param name="Origin">Who named it.</param>
/// <param name="Source">The same in words, e.g. <c>local loopback</c>.</param>
/// <param name="Details">The lines <c>Gateway target:</c>, <c>Source:</c>, <c>Config:</c> and, for this machine, <c>Bind:</c>.</param>
public sealed record GatewayAddress(string Url, GatewayAddressOrigin Origin, string Source, string Details)
{
    /// <summary>Port of a gateway that nobody moved.</summary>
    public const int DefaultPort = 18789;

    /// <summary>Decides. Never fails, so that <c>status</c> can always tell where it would look.</summary>
    public static GatewayAddress Of(GatewayTargetSources sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (Text(sources.UrlOption) is { } option)
            return Make(sources, option, GatewayAddressOrigin.Option, "cli --url");
        var remote = sources.Mode == "remote";
        if (remote && Text(sources.RemoteUrl) is { } configured)
            return Make(sources, configured, GatewayAddressOrigin.Remote, "config gateway.remote.url");
        var (host, place) = LocalHost(sources);
        var url = string.Create(CultureInfo.InvariantCulture, $"{(sources.TlsEnabled ? "wss" : "ws")}://{host}:{PortOf(sources)}");
        return remote
            ? Make(sources, url, GatewayAddressOrigin.LocalFallback, "missing gateway.remote.url (fallback local)")
            : Make(sources, url, GatewayAddressOrigin.Local, "local " + place);
    }

    /// <summary>
    /// The port of this machine's gateway: <c>OPENCLAW_GATEWAY_PORT</c>, its older name, <c>gateway.port</c>, 18789.
    /// A variable that is no port is passed over.
    /// </summary>
    public static int PortOf(GatewayTargetSources sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return Port(Variable(sources, "OPENCLAW_GATEWAY_PORT", "CLAWDBOT_GATEWAY_PORT"))
            ?? (sources.Port is > 0 and <= 65535 and var port ? port : DefaultPort);
    }

    internal static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    internal static string? Variable(GatewayTargetSources sources, string name, string olderName) =>
        Text(sources.Environment.GetValueOrDefault(name)) ?? Text(sources.Environment.GetValueOrDefault(olderName));

    private static int? Port(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 ? port : null;

    private static (string Host, string Place) LocalHost(GatewayTargetSources sources)
    {
        const string loopback = "127.0.0.1";
        return BindOf(sources) switch
        {
            "tailnet" when sources.Addresses().Tailnet is { } tailnet => (tailnet, "tailnet " + tailnet),
            "lan" when sources.Addresses().Lan is { } lan => (lan, "lan " + lan),
            _ => (loopback, "loopback"),
        };
    }

    private static string BindOf(GatewayTargetSources sources) => Text(sources.Bind) ?? "loopback";

    private static GatewayAddress Make(GatewayTargetSources sources, string url, GatewayAddressOrigin origin, string source)
    {
        var details = "Gateway target: " + url + "\nSource: " + source + "\nConfig: " + sources.ConfigPath;
        if (origin is GatewayAddressOrigin.Local or GatewayAddressOrigin.LocalFallback)
            details += "\nBind: " + BindOf(sources);
        if (origin is GatewayAddressOrigin.LocalFallback)
            details += "\nWarn: gateway.mode is remote without gateway.remote.url; this is the gateway of this machine instead.";
        return new GatewayAddress(url, origin, source, details);
    }
}
