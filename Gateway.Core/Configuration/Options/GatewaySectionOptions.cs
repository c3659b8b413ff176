using System.Collections.Immutable;

namespace OpenClaw.Gateway.Core.Configuration.Options;

/// <summary><c>gateway.controlUi</c>.</summary>
/// <param name="Enabled">Serve the browser UI; on by default.</param>
/// <param name="BasePath">URL prefix without a trailing slash; empty for the root.</param>
/// <param name="Root">Directory of replacement assets, or null for the built-in ones.</param>
/// <param name="AllowedOrigins">Extra origins that may open a WebSocket.</param>
/// <param name="AllowInsecureAuth">Accept the UI's token over plain HTTP without a device identity.</param>
/// <param name="DangerouslyDisableDeviceAuth">Skip the UI's device identity altogether.</param>
public sealed record ControlUiOptions(
    bool Enabled, string BasePath, string? Root, ImmutableArray<string> AllowedOrigins, bool AllowInsecureAuth, bool DangerouslyDisableDeviceAuth)
{
    internal static ControlUiOptions From(ConfigSection section) => new(
        section.Bool("enabled") ?? true,
        NormalizeBasePath(section.Text("basePath")),
        section.Text("root"),
        section.Strings("allowedOrigins"),
        section.Bool("allowInsecureAuth") ?? false,
        section.Bool("dangerouslyDisableDeviceAuth") ?? false);

    private static string NormalizeBasePath(string? path)
    {
        var trimmed = path?.Trim('/');
        return string.IsNullOrEmpty(trimmed) ? "" : "/" + trimmed;
    }
}

/// <summary><c>gateway.remote</c>: the gateway that clients of this host use in remote mode.</summary>
/// <param name="Url">WebSocket URL.</param>
/// <param name="Token">Token for it.</param>
/// <param name="Password">Password for it.</param>
/// <param name="TlsFingerprint">SHA-256 of its certificate, to pin it.</param>
/// <param name="SshTarget">user@host[:port] to tunnel through.</param>
/// <param name="SshIdentity">Identity file for the tunnel.</param>
public sealed record GatewayRemoteOptions(string? Url, string? Token, string? Password, string? TlsFingerprint, string? SshTarget, string? SshIdentity)
{
    internal static GatewayRemoteOptions From(ConfigSection section) => new(
        section.Text("url"), section.Text("token"), section.Text("password"),
        section.Text("tlsFingerprint"), section.Text("sshTarget"), section.Text("sshIdentity"));
}

/// <summary><c>gateway.reload</c>.</summary>
/// <param name="Mode">What a change does.</param>
/// <param name="Debounce">Quiet time after the last change before it is looked at; 300 ms by default, a minute at most.</param>
public sealed record ReloadOptions(ReloadMode Mode, TimeSpan Debounce)
{
    /// <summary>The peer's debounce, long enough for an editor's unlink-and-create.</summary>
    public static readonly TimeSpan DefaultDebounce = TimeSpan.FromMilliseconds(300);

    /// <summary>However long somebody wants to wait: the file has to be able to take it back.</summary>
    public static readonly TimeSpan LongestDebounce = TimeSpan.FromMinutes(1);

    internal static ReloadOptions From(ConfigSection section) => new(
        section.String("mode") switch
        {
            "off" => ReloadMode.Off,
            "restart" => ReloadMode.Restart,
            "hot" => ReloadMode.Hot,
            _ => ReloadMode.Hybrid,
        },
        section.Int("debounceMs") is { } ms ? TimeSpan.FromMilliseconds(Math.Clamp(ms, 0, (long)LongestDebounce.TotalMilliseconds)) : DefaultDebounce);
}

/// <summary><c>gateway.tls</c>.</summary>
/// <param name="Enabled">Serve https and wss on the main port.</param>
/// <param name="AutoGenerate">Make a self-signed pair when there is none; on by default.</param>
/// <param name="CertPath">PEM certificate, or null for the one in the state directory.</param>
/// <param name="KeyPath">PEM key, or null for the one in the state directory.</param>
/// <param name="CaPath">PEM bundle of client authorities, or null.</param>
public sealed record GatewayTlsOptions(bool Enabled, bool AutoGenerate, string? CertPath, string? KeyPath, string? CaPath)
{
    internal static GatewayTlsOptions From(ConfigSection section) => new(
        section.Bool("enabled") ?? false, section.Bool("autoGenerate") ?? true,
        section.Text("certPath"), section.Text("keyPath"), section.Text("caPath"));
}

/// <summary><c>gateway.nodes</c>.</summary>
/// <param name="AllowCommands">Node commands allowed beyond the platform's list.</param>
/// <param name="DenyCommands">Node commands refused whatever the platform's list says.</param>
/// <param name="BrowserMode">auto, manual or off.</param>
/// <param name="BrowserNode">Preferred node for the browser tool.</param>
public sealed record GatewayNodeOptions(ImmutableArray<string> AllowCommands, ImmutableArray<string> DenyCommands, string BrowserMode, string? BrowserNode)
{
    internal static GatewayNodeOptions From(ConfigSection section) => new(
        section.Strings("allowCommands"), section.Strings("denyCommands"),
        section.Section("browser").String("mode") ?? "auto", section.Section("browser").Text("node"));
}
