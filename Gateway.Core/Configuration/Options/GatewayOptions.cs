using System.Collections.Immutable;

namespace OpenClaw.Gateway.Core.Configuration.Options;

/// <summary>Whether this host runs a gateway or only talks to one elsewhere.</summary>
public enum GatewayMode
{
    /// <summary>Nothing was configured; a gateway refuses to start.</summary>
    Unset,

    /// <summary>Run a gateway here.</summary>
    Local,

    /// <summary>Clients of this host use <c>gateway.remote</c>.</summary>
    Remote,
}

/// <summary>What the gateway listens on.</summary>
public enum GatewayBind
{
    /// <summary>127.0.0.1, and ::1 where there is one.</summary>
    Loopback,

    /// <summary>All IPv4 interfaces.</summary>
    Lan,

    /// <summary>The Tailscale address (100.64.0.0/10).</summary>
    Tailnet,

    /// <summary>Loopback when it can be bound, else all interfaces.</summary>
    Auto,

    /// <summary><c>gateway.customBindHost</c>.</summary>
    Custom,
}

/// <summary>How the gateway may be exposed through Tailscale.</summary>
public enum TailscaleMode
{
    /// <summary>Not at all.</summary>
    Off,

    /// <summary>To the tailnet.</summary>
    Serve,

    /// <summary>To the internet; needs password auth.</summary>
    Funnel,
}

/// <summary>What a changed configuration file does to a running gateway (R8).</summary>
public enum ReloadMode
{
    /// <summary>Nothing.</summary>
    Off,

    /// <summary>Every change restarts.</summary>
    Restart,

    /// <summary>Safe changes apply in place, others wait for a restart.</summary>
    Hot,

    /// <summary>Safe changes apply in place, others restart in process. The default.</summary>
    Hybrid,
}

/// <summary><c>gateway.*</c> as configured, with the defaults the runbook names.</summary>
public sealed record GatewayOptions
{
    /// <summary><c>gateway.port</c>, 1 to 65535; null when unset. See <see cref="GatewayEnvironment.ResolvePort"/>.</summary>
    public int? Port { get; init; }

    /// <summary><c>gateway.mode</c>.</summary>
    public GatewayMode Mode { get; init; }

    /// <summary><c>gateway.bind</c>.</summary>
    public GatewayBind Bind { get; init; }

    /// <summary><c>gateway.customBindHost</c>: the address for <see cref="GatewayBind.Custom"/>.</summary>
    public string? CustomBindHost { get; init; }

    /// <summary><c>gateway.auth</c>.</summary>
    public required GatewayAuthOptions Auth { get; init; }

    /// <summary><c>gateway.trustedProxies</c>: addresses whose forwarding headers count.</summary>
    public ImmutableArray<string> TrustedProxies { get; init; } = [];

    /// <summary><c>gateway.tailscale.mode</c>.</summary>
    public TailscaleMode Tailscale { get; init; }

    /// <summary><c>gateway.tailscale.resetOnExit</c>: undo serve or funnel at stop.</summary>
    public bool TailscaleResetOnExit { get; init; }

    /// <summary><c>gateway.controlUi</c>.</summary>
    public required ControlUiOptions ControlUi { get; init; }

    /// <summary><c>gateway.remote</c>.</summary>
    public required GatewayRemoteOptions Remote { get; init; }

    /// <summary><c>gateway.reload</c>.</summary>
    public required ReloadOptions Reload { get; init; }

    /// <summary><c>gateway.tls</c>.</summary>
    public required GatewayTlsOptions Tls { get; init; }

    /// <summary><c>gateway.http.endpoints</c>, for the HTTP surfaces to read their own limits from.</summary>
    public ConfigSection HttpEndpoints { get; init; }

    /// <summary><c>gateway.nodes</c>.</summary>
    public required GatewayNodeOptions Nodes { get; init; }

    internal static GatewayOptions From(ConfigSection section) => new()
    {
        Port = section.Int("port"),
        Mode = section.String("mode") switch { "local" => GatewayMode.Local, "remote" => GatewayMode.Remote, _ => GatewayMode.Unset },
        Bind = ParseBind(section.String("bind")) ?? GatewayBind.Loopback,
        CustomBindHost = section.Text("customBindHost"),
        Auth = GatewayAuthOptions.From(section.Section("auth")),
        TrustedProxies = section.Strings("trustedProxies"),
        Tailscale = ParseTailscale(section.Section("tailscale").String("mode")) ?? TailscaleMode.Off,
        TailscaleResetOnExit = section.Section("tailscale").Bool("resetOnExit") ?? false,
        ControlUi = ControlUiOptions.From(section.Section("controlUi")),
        Remote = GatewayRemoteOptions.From(section.Section("remote")),
        Reload = ReloadOptions.From(section.Section("reload")),
        Tls = GatewayTlsOptions.From(section.Section("tls")),
        HttpEndpoints = section.Section("http").Section("endpoints"),
        Nodes = GatewayNodeOptions.From(section.Section("nodes")),
    };

    /// <summary>The bind mode named by a flag or the file; null for another word.</summary>
    /// <param name="word">loopback, lan, tailnet, auto or custom.</param>
    public static GatewayBind? ParseBind(string? word) => word switch
    {
        "loopback" => GatewayBind.Loopback,
        "lan" => GatewayBind.Lan,
        "tailnet" => GatewayBind.Tailnet,
        "auto" => GatewayBind.Auto,
        "custom" => GatewayBind.Custom,
        _ => null,
    };

    /// <summary>The Tailscale mode named by a flag or the file; null for another word.</summary>
    /// <param name="word">off, serve or funnel.</param>
    public static TailscaleMode? ParseTailscale(string? word) => word switch
    {
        "off" => TailscaleMode.Off,
        "serve" => TailscaleMode.Serve,
        "funnel" => TailscaleMode.Funnel,
        _ => null,
    };
}
