using System.Globalization;
using OpenClaw.Cli.Diagnosis;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Cli.Commands.Security;

/// <summary>Who can reach the gateway, and what stands between.</summary>
internal static class GatewayExposure
{
    /// <summary>Shorter than this, and a secret is one that somebody made up.</summary>
    public const int ShortestSecret = 24;

    public static IEnumerable<Finding> Look(AuditSubject subject)
    {
        var gateway = subject.Snapshot.Gateway;
        var auth = GatewayAuth.Resolve(subject.Snapshot);
        // The environment wins over nothing here: what a service is started with may be another one.
        var secured = auth.Secret is not null;
        if (gateway.Bind is not GatewayBind.Loopback && !secured)
        {
            yield return new Finding("gateway.bind_no_auth", FindingSeverity.Error, "Open to the network without a secret",
                $"gateway.bind is \"{gateway.Bind.ToString().ToLowerInvariant()}\", and there is neither a token nor a password.")
            {
                Remedy = "Set gateway.auth.token, or gateway.bind to loopback.",
            };
        }
        if (gateway.Bind is GatewayBind.Loopback && gateway.ControlUi.Enabled && gateway.TrustedProxies.IsEmpty)
        {
            yield return new Finding(SecurityAudit.TrustedProxiesMissing, FindingSeverity.Warning, "No reverse proxy is trusted",
                "gateway.trustedProxies is empty. That is right as long as no proxy stands before the gateway: through one, everybody would look like a client of this machine.")
            {
                Remedy = "with a proxy before the gateway, name its addresses in gateway.trustedProxies; without one there is nothing to do",
            };
        }
        if (gateway.Bind is GatewayBind.Loopback && gateway.ControlUi.Enabled && !secured && !auth.AllowTailscale)
        {
            yield return new Finding("gateway.loopback_no_auth", FindingSeverity.Error, "No secret, even for this machine",
                "Every program and, through the browser, every web page of this machine could talk to the gateway. It does not start like this.")
            {
                Remedy = "Set gateway.auth.token.",
            };
        }
        foreach (var finding in Tailscale(gateway.Tailscale).Concat(ControlUi(subject)).Concat(Secrets(subject, auth)))
            yield return finding;
    }

    private static IEnumerable<Finding> Tailscale(TailscaleMode mode) => mode switch
    {
        TailscaleMode.Funnel =>
        [
            new Finding("gateway.tailscale_funnel", FindingSeverity.Error, "Reachable from the whole internet", "gateway.tailscale.mode is \"funnel\".")
            {
                Remedy = "Use \"serve\", for the machines of the tailnet alone, or \"off\".",
            },
        ],
        TailscaleMode.Serve => [new Finding("gateway.tailscale_serve", FindingSeverity.Info, "Reachable from the tailnet", "gateway.tailscale.mode is \"serve\".")],
        _ => [],
    };

    private static IEnumerable<Finding> ControlUi(AuditSubject subject)
    {
        var ui = subject.Snapshot.Root.Section("gateway").Section("controlUi");
        if (ui.Bool("allowInsecureAuth") == true)
        {
            yield return new Finding("gateway.control_ui.insecure_auth", FindingSeverity.Error, "The browser page takes a secret without a device",
                "gateway.controlUi.allowInsecureAuth is true: over plain HTTP the token is all that is asked for, and it travels readably.")
            {
                Remedy = "Set it to false; open the page over HTTPS or from this machine.",
            };
        }
        if (ui.Bool("dangerouslyDisableDeviceAuth") == true)
        {
            yield return new Finding("gateway.control_ui.device_auth_disabled", FindingSeverity.Error, "Browsers need no pairing",
                "gateway.controlUi.dangerouslyDisableDeviceAuth is true: who has the token is in, from any browser, for ever.")
            {
                Remedy = "Set it to false.",
            };
        }
    }

    private static IEnumerable<Finding> Secrets(AuditSubject subject, GatewayAuth auth)
    {
        if (auth is { Mode: GatewayAuthMode.Token, Token: { } token } && Weakness(token) is { } weakness)
        {
            yield return new Finding("gateway.token_too_short", FindingSeverity.Warning, "The gateway's token is weak", weakness)
            {
                Remedy = "Set gateway.auth.token to a long random one (openclaw doctor --generate-gateway-token makes one where there is none), and tell your clients.",
            };
        }
        var root = subject.Snapshot.Root;
        if (Written(subject, "gateway", "auth", "password"))
        {
            yield return new Finding("config.secrets.gateway_password_in_config", FindingSeverity.Warning, "The password stands in the configuration",
                "gateway.auth.password is written in clear; who reads the file, or a backup of it, has it.")
            {
                Remedy = "Give it as OPENCLAW_GATEWAY_PASSWORD, or write ${OPENCLAW_GATEWAY_PASSWORD}.",
            };
        }
        if (root.Section("logging").String("redactSensitive") == "off")
        {
            yield return new Finding("logging.redact_off", FindingSeverity.Warning, "The log may hold secrets", "logging.redactSensitive is \"off\".")
            {
                Remedy = "Set logging.redactSensitive to \"tools\".",
            };
        }
        foreach (var (name, profile) in root.Section("browser").Section("profiles").Children())
        {
            if (Uri.TryCreate(profile.Text("cdpUrl"), UriKind.Absolute, out var url) && url is { Scheme: "http", IsLoopback: false })
            {
                yield return new Finding("browser.remote_cdp_http", FindingSeverity.Warning, "A remote browser is driven over plain HTTP",
                    $"browser.profiles.{name}.cdpUrl goes to {url.Host} without TLS.")
                {
                    Remedy = "Use https, or a tunnel.",
                };
            }
        }
    }

    /// <summary>Whether a value is written out in the file, and is no reference to a variable.</summary>
    public static bool Written(AuditSubject subject, params string[] path)
    {
        var section = new ConfigSection(subject.Snapshot.Parsed as System.Text.Json.Nodes.JsonObject);
        foreach (var name in path[..^1])
            section = section.Section(name);
        return section.Text(path[^1]) is { } text && !text.StartsWith("${", StringComparison.Ordinal);
    }

    /// <summary>What is wrong with a secret; null when it looks random. Never says what it is.</summary>
    public static string? Weakness(string secret)
    {
        var trimmed = secret.Trim();
        if (trimmed.Length < ShortestSecret)
            return string.Create(CultureInfo.InvariantCulture, $"It has {trimmed.Length} characters; {ShortestSecret} or more cannot be guessed.");
        // 24 random hexadecimal digits have fewer than six different ones once in a hundred thousand times.
        var different = trimmed.Distinct().Count();
        return different < 6 ? string.Create(CultureInfo.InvariantCulture, $"It is made of {different} different characters.") : null;
    }
}
