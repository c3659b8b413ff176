namespace OpenClaw.Gateway.Core.Configuration.Options;

/// <summary>Which shared secret clients present.</summary>
public enum GatewayAuthMode
{
    /// <summary>A token.</summary>
    Token,

    /// <summary>A password.</summary>
    Password,
}

/// <summary><c>gateway.auth</c> as configured.</summary>
/// <param name="Mode">Configured mode, or null to let the secrets decide.</param>
/// <param name="Token">Configured token.</param>
/// <param name="Password">Configured password.</param>
/// <param name="AllowTailscale">Configured answer to whether Tailscale identity may stand in for the secret.</param>
public sealed record GatewayAuthOptions(GatewayAuthMode? Mode, string? Token, string? Password, bool? AllowTailscale)
{
    internal static GatewayAuthOptions From(ConfigSection section) => new(
        ParseMode(section.String("mode")), NotBlank(section.String("token")), NotBlank(section.String("password")), section.Bool("allowTailscale"));

    /// <summary>The mode named by a flag or the file; null for another word.</summary>
    /// <param name="word">token or password.</param>
    public static GatewayAuthMode? ParseMode(string? word) => word switch
    {
        "token" => GatewayAuthMode.Token,
        "password" => GatewayAuthMode.Password,
        _ => null,
    };

    /// <summary>A secret is compared as written, blanks included; one of nothing but blanks is no secret.</summary>
    internal static string? NotBlank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    /// <inheritdoc/>
    public override string ToString() => $"GatewayAuthOptions {{ Mode = {Mode} }}";
}

/// <summary>Command-line values that win over the file for the life of the process.</summary>
/// <param name="Mode"><c>--auth</c>.</param>
/// <param name="Token"><c>--token</c>.</param>
/// <param name="Password"><c>--password</c>.</param>
/// <param name="Tailscale"><c>--tailscale</c>.</param>
public sealed record GatewayAuthFlags(GatewayAuthMode? Mode = null, string? Token = null, string? Password = null, TailscaleMode? Tailscale = null)
{
    /// <inheritdoc/>
    public override string ToString() => $"GatewayAuthFlags {{ Mode = {Mode} }}";
}

/// <summary>
/// The auth in force. Resolve it per connection from the current snapshot, never once at start: a rotated secret must
/// count from the next connection on.
/// </summary>
/// <param name="Mode">Mode in force.</param>
/// <param name="Token">Token in force, or null.</param>
/// <param name="Password">Password in force, or null.</param>
/// <param name="AllowTailscale">Whether a Tailscale identity may stand in for the secret.</param>
public sealed record GatewayAuth(GatewayAuthMode Mode, string? Token, string? Password, bool AllowTailscale)
{
    /// <summary>
    /// Flag, then file, then <c>OPENCLAW_GATEWAY_TOKEN</c>/<c>_PASSWORD</c> (or their older names). Without a mode a
    /// known password means password mode. Tailscale identity is allowed by default only under serve with a token.
    /// </summary>
    /// <param name="snapshot">Current configuration.</param>
    /// <param name="flags">Command-line values.</param>
    public static GatewayAuth Resolve(ConfigSnapshot snapshot, GatewayAuthFlags? flags = null)
    {
        var configured = snapshot.Gateway.Auth;
        var token = GatewayAuthOptions.NotBlank(flags?.Token) ?? configured.Token
            ?? snapshot.GetVariable("OPENCLAW_GATEWAY_TOKEN", "CLAWDBOT_GATEWAY_TOKEN");
        var password = GatewayAuthOptions.NotBlank(flags?.Password) ?? configured.Password
            ?? snapshot.GetVariable("OPENCLAW_GATEWAY_PASSWORD", "CLAWDBOT_GATEWAY_PASSWORD");
        var mode = flags?.Mode ?? configured.Mode ?? (password is null ? GatewayAuthMode.Token : GatewayAuthMode.Password);
        var tailscale = flags?.Tailscale ?? snapshot.Gateway.Tailscale;
        var allowTailscale = configured.AllowTailscale ?? (tailscale == TailscaleMode.Serve && mode != GatewayAuthMode.Password);
        return new GatewayAuth(mode, token, password, allowTailscale);
    }

    /// <summary>The secret of the mode in force, or null when none is configured.</summary>
    public string? Secret => Mode == GatewayAuthMode.Password ? Password : Token;

    /// <inheritdoc/>
    public override string ToString() => $"GatewayAuth {{ Mode = {Mode} }}";
}
