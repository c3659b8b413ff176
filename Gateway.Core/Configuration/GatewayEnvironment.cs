using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>
/// Where this instance lives and what its process environment says: resolved once, in the composition root, and
/// handed to everything that needs a path. Nothing else reads environment variables or guesses directories, which is
/// what keeps a profile's files in the profile's directory.
/// </summary>
public sealed record GatewayEnvironment
{
    /// <summary>Port when neither a flag, a variable nor the configuration names one (R4).</summary>
    public const int DefaultPort = 18789;

    /// <summary>Port of the <c>dev</c> profile (R20).</summary>
    public const int DevProfilePort = 19001;

    internal GatewayEnvironment()
    {
    }

    /// <summary>
    /// Process variables, completed by the profile and the <c>.env</c> files, and with the state directory and
    /// configuration path a profile implies: hand these to child processes.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Home directory that <c>~</c> stands for; <c>OPENCLAW_HOME</c> overrides the user's.</summary>
    public required string HomeDirectory { get; init; }

    /// <summary>State directory, absolute; <c>~/.openclaw</c> unless a variable, a profile or an older install says otherwise.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>Configuration file, absolute. It need not exist.</summary>
    public required string ConfigPath { get; init; }

    /// <summary>Profile name as given, or null without one. <c>default</c> is a name that changes no path.</summary>
    public required string? Profile { get; init; }

    /// <summary>Credentials directory (<c>OPENCLAW_OAUTH_DIR</c>, else <c>credentials</c> in the state directory).</summary>
    public required string CredentialsDirectory { get; init; }

    /// <summary>
    /// Workspace of the default agent when the configuration names none: <c>~/.openclaw/workspace</c>, or
    /// <c>~/.openclaw/workspace-&lt;profile&gt;</c> (R20 puts it there, next to the default one).
    /// </summary>
    public required string DefaultWorkspace { get; init; }

    /// <summary>Directory of dated log files. Shared by all gateways of the host, as the peer's tools expect.</summary>
    public required string LogDirectory { get; init; }

    /// <summary>Directory of the gateway lock, <c>&lt;tmp&gt;/openclaw-&lt;uid&gt;</c>.</summary>
    public required string LockDirectory { get; init; }

    /// <summary>Numeric user id of the process; null where there is none (Windows).</summary>
    public uint? UserId { get; init; }

    /// <summary>True under <c>OPENCLAW_NIX_MODE=1</c>: configuration and service are managed from outside.</summary>
    public bool IsNixMode => IsOne("OPENCLAW_NIX_MODE");

    /// <summary>True when the profile is <c>dev</c>, however it was chosen.</summary>
    public bool IsDevProfile => string.Equals(Profile, "dev", StringComparison.OrdinalIgnoreCase);

    /// <summary>Suffix of names that know the profile: empty, or <c>-&lt;profile&gt;</c>.</summary>
    public string ProfileSuffix => ProfileName.SuffixOf(Profile);

    /// <summary>The command as a user of this profile types it, for hints: <c>openclaw</c> or <c>openclaw --profile x</c>.</summary>
    public string CommandName => ProfileSuffix.Length == 0 ? "openclaw" : $"openclaw --profile {Profile}";

    /// <summary>Resolves an instance's environment. Reads <c>.env</c> files and looks for directories of older versions.</summary>
    /// <param name="inputs">What the process was started with.</param>
    public static GatewayEnvironment Create(EnvironmentInputs inputs) => GatewayEnvironmentBuilder.Build(inputs);

    /// <summary>The same instance with more variables; none that is set is replaced.</summary>
    /// <param name="variables">What to add.</param>
    public GatewayEnvironment With(IReadOnlyDictionary<string, string> variables)
    {
        var merged = new Dictionary<string, string>(Variables);
        foreach (var (name, value) in variables)
        {
            if (Get(name) is null)
                merged[name] = value;
        }
        return this with { Variables = merged };
    }

    /// <summary>A variable's value without surrounding blanks, or null when it is unset or blank.</summary>
    public string? Get(string name)
    {
        var value = Variables.GetValueOrDefault(name)?.Trim();
        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary><see cref="Get(string)"/> with the name an older version used as the fallback.</summary>
    public string? Get(string name, string legacyName) => Get(name) ?? Get(legacyName);

    /// <summary>True for the spellings of "yes" that switches accept: 1, true, yes, on (any case).</summary>
    public bool IsTruthy(string name) => Get(name)?.ToLowerInvariant() is "1" or "true" or "yes" or "on";

    /// <summary>True only for the literal <c>1</c>, which some switches insist on.</summary>
    public bool IsOne(string name) => Get(name) == "1";

    /// <summary>Expands a leading <c>~</c> and makes the path absolute.</summary>
    /// <param name="path">A path as a user writes it.</param>
    [return: NotNullIfNotNull(nameof(path))]
    public string? ExpandPath(string? path) => path is null ? null : UserPath.Resolve(path, HomeDirectory);

    /// <summary>The path with the home directory shown as <c>~</c> (<c>$OPENCLAW_HOME</c> when that is set), for messages.</summary>
    /// <param name="path">An absolute path.</param>
    public string Display(string path) =>
        UserPath.Shorten(path, HomeDirectory, Get("OPENCLAW_HOME") is null ? "~" : "$OPENCLAW_HOME");

    /// <summary>
    /// The port to listen on or to connect to: <paramref name="flag"/>, then <c>OPENCLAW_GATEWAY_PORT</c>, then its
    /// older name, then <c>gateway.port</c>, then 18789 (R4). A variable that is no port is passed over. In a container
    /// <c>PORT</c> stands for the first variable when that is not set.
    /// </summary>
    /// <param name="flag">The <c>--port</c> value, when one was given.</param>
    /// <param name="configured">The <c>gateway.port</c> value, when there is one.</param>
    public int ResolvePort(int? flag, int? configured)
    {
        if (flag is { } explicitPort)
            return explicitPort;
        if (Get("OPENCLAW_GATEWAY_PORT", "CLAWDBOT_GATEWAY_PORT") is { } text
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && IsPort(port))
        {
            return port;
        }
        return configured ?? DefaultPort;
    }

    /// <summary>True for 1 to 65535.</summary>
    public static bool IsPort(int port) => port is > 0 and <= ushort.MaxValue;
}
