using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Processes;

/// <summary>Why a gateway does not start.</summary>
/// <param name="Lines">What to print on stderr.</param>
public sealed record StartRefusal(params IReadOnlyList<string> Lines)
{
    /// <summary>Exit code of the process; a supervisor goes on restarting, and each start says the same.</summary>
    public const int ExitCode = 1;
}

/// <summary>The command-line values that decide whether and how a gateway starts.</summary>
public sealed record GatewayStartFlags
{
    /// <summary><c>--port</c>.</summary>
    public int? Port { get; init; }

    /// <summary><c>--bind</c>.</summary>
    public GatewayBind? Bind { get; init; }

    /// <summary><c>--auth</c>, <c>--token</c>, <c>--password</c>, <c>--tailscale</c>.</summary>
    public GatewayAuthFlags Auth { get; init; } = new();

    /// <summary><c>--allow-unconfigured</c>.</summary>
    public bool AllowUnconfigured { get; init; }

    /// <summary>Turns words into values; the refusal names the first word that is none.</summary>
    /// <param name="port"><c>--port</c> as typed.</param>
    /// <param name="auth"><c>--auth</c> as typed.</param>
    /// <param name="tailscale"><c>--tailscale</c> as typed.</param>
    /// <param name="bind"><c>--bind</c> as typed.</param>
    /// <param name="flags">The values; token, password and <see cref="AllowUnconfigured"/> are the caller's to add.</param>
    public static StartRefusal? TryParse(string? port, string? auth, string? tailscale, string? bind, out GatewayStartFlags flags)
    {
        flags = new GatewayStartFlags();
        int? number = null;
        if (port is not null)
        {
            if (!int.TryParse(port, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var parsed) || !GatewayEnvironment.IsPort(parsed))
                return new StartRefusal("Invalid port");
            number = parsed;
        }
        if (auth is not null && GatewayAuthOptions.ParseMode(auth) is null)
            return new StartRefusal("Invalid --auth (use \"token\" or \"password\")");
        if (tailscale is not null && GatewayOptions.ParseTailscale(tailscale) is null)
            return new StartRefusal("Invalid --tailscale (use \"off\", \"serve\", or \"funnel\")");
        if (bind is not null && GatewayOptions.ParseBind(bind) is null)
            return new StartRefusal("Invalid --bind (use \"loopback\", \"lan\", \"tailnet\", \"auto\", or \"custom\")");
        flags = new GatewayStartFlags
        {
            Port = number,
            Bind = GatewayOptions.ParseBind(bind),
            Auth = new GatewayAuthFlags(GatewayAuthOptions.ParseMode(auth), Tailscale: GatewayOptions.ParseTailscale(tailscale)),
        };
        return null;
    }
}

/// <summary>The conditions under which a gateway refuses to start, in the order in which they are looked at.</summary>
public static class StartGuard
{
    /// <summary>The first reason not to start, or null.</summary>
    /// <param name="snapshot">The configuration as it is now.</param>
    /// <param name="flags">Command-line values.</param>
    /// <param name="environment">The instance, for paths in messages.</param>
    public static StartRefusal? Check(ConfigSnapshot snapshot, GatewayStartFlags flags, GatewayEnvironment environment) =>
        CheckConfig(snapshot, environment) ?? CheckMode(snapshot, flags) ?? CheckSecret(snapshot, flags) ?? CheckExposure(snapshot, flags);

    private static StartRefusal? CheckConfig(ConfigSnapshot snapshot, GatewayEnvironment environment) =>
        snapshot.Valid ? null : new StartRefusal(ConfigReport.Invalid(snapshot, environment));

    private static StartRefusal? CheckMode(ConfigSnapshot snapshot, GatewayStartFlags flags)
    {
        if (flags.AllowUnconfigured || snapshot.Gateway.Mode == GatewayMode.Local)
            return null;
        if (!snapshot.Exists)
            return new StartRefusal("Missing config. Run `openclaw setup` or set gateway.mode=local (or pass --allow-unconfigured).");
        var current = snapshot.Gateway.Mode == GatewayMode.Remote ? "remote" : "unset";
        return new StartRefusal($"Gateway start blocked: set gateway.mode=local (current: {current}) or pass --allow-unconfigured.");
    }

    private static StartRefusal? CheckSecret(ConfigSnapshot snapshot, GatewayStartFlags flags)
    {
        var auth = GatewayAuth.Resolve(snapshot, flags.Auth);
        if (auth.Secret is not null)
            return null;
        if (auth.Mode == GatewayAuthMode.Password)
        {
            return new StartRefusal(
                "Gateway auth is set to password, but no password is configured.",
                "Set gateway.auth.password (or OPENCLAW_GATEWAY_PASSWORD), or pass --password.");
        }
        if (auth.AllowTailscale)
            return null;
        string[] lines =
        [
            "Gateway auth is set to token, but no token is configured.",
            "Set gateway.auth.token (or OPENCLAW_GATEWAY_TOKEN), or pass --token.",
        ];
        return snapshot.Gateway.Remote.Token is null
            ? new StartRefusal(lines)
            : new StartRefusal([.. lines, "\"gateway.remote.token\" is for remote CLI calls; it does not enable local gateway auth."]);
    }

    private static StartRefusal? CheckExposure(ConfigSnapshot snapshot, GatewayStartFlags flags)
    {
        var auth = GatewayAuth.Resolve(snapshot, flags.Auth);
        var bind = flags.Bind ?? snapshot.Gateway.Bind;
        var tailscale = flags.Auth.Tailscale ?? snapshot.Gateway.Tailscale;
        if (bind != GatewayBind.Loopback && auth.Secret is null)
        {
            return new StartRefusal(
                $"Refusing to bind gateway to {bind.ToString().ToLowerInvariant()} without auth.",
                "Set gateway.auth.token/password (or OPENCLAW_GATEWAY_TOKEN/OPENCLAW_GATEWAY_PASSWORD) or pass --token/--password.");
        }
        if (tailscale == TailscaleMode.Funnel && auth.Mode != GatewayAuthMode.Password)
            return new StartRefusal("Gateway failed to start: Error: tailscale funnel requires gateway auth mode=password (set gateway.auth.password or OPENCLAW_GATEWAY_PASSWORD)");
        if (tailscale != TailscaleMode.Off && bind != GatewayBind.Loopback)
            return new StartRefusal("Gateway failed to start: Error: tailscale serve/funnel requires gateway bind=loopback (127.0.0.1)");
        var hooks = snapshot.Root.Section("hooks");
        return hooks.Bool("enabled") == true && hooks.Text("token") is null
            ? new StartRefusal("Gateway failed to start: Error: hooks.enabled requires hooks.token")
            : null;
    }
}
