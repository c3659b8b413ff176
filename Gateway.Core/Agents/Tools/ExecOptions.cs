using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Agents.Tools;

/// <summary>The meaning of <c>tools.exec.*</c>.</summary>
internal sealed record ExecOptions
{
    /// <summary>Where commands run; only the gateway's own machine is served, always behind the approval policy.</summary>
    public string Host { get; init; } = "gateway";

    public ExecSecurity Security { get; init; } = ExecSecurity.Allowlist;

    public ExecAsk Ask { get; init; } = ExecAsk.OnMiss;

    /// <summary>Directories put in front of PATH.</summary>
    public IReadOnlyList<string> PathPrepend { get; init; } = [];

    /// <summary>Programs that only filter their input and may run unasked when no argument names a file.</summary>
    public IReadOnlyList<string> SafeBins { get; init; } = DefaultSafeBins;

    /// <summary>How long a command may keep the model waiting before it goes on in the background.</summary>
    public TimeSpan Background { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1800);

    /// <summary>How long a finished background command stays listed.</summary>
    public TimeSpan Cleanup { get; init; } = TimeSpan.FromMinutes(30);

    public bool NotifyOnExit { get; init; } = true;

    private static readonly string[] DefaultSafeBins = ["jq", "grep", "cut", "sort", "uniq", "head", "tail", "tr", "wc"];

    public static ExecOptions From(ConfigSection general, ConfigSection own) => new()
    {
        Host = own.Text("host") ?? general.Text("host") ?? "gateway",
        Security = ParseSecurity(own.Text("security") ?? general.Text("security")) ?? ExecSecurity.Allowlist,
        Ask = ParseAsk(own.Text("ask") ?? general.Text("ask")) ?? ExecAsk.OnMiss,
        PathPrepend = own.WrittenStrings("pathPrepend") ?? general.WrittenStrings("pathPrepend") ?? [],
        SafeBins = own.WrittenStrings("safeBins") ?? general.WrittenStrings("safeBins") ?? DefaultSafeBins,
        Background = Milliseconds(own, general, "backgroundMs", 10_000, 10, 120_000),
        Timeout = TimeSpan.FromSeconds(Math.Max(1, own.Int("timeoutSec") ?? general.Int("timeoutSec") ?? 1800)),
        Cleanup = Milliseconds(own, general, "cleanupMs", 30 * 60_000, 60_000, 3 * 60 * 60_000),
        NotifyOnExit = own.Bool("notifyOnExit") ?? general.Bool("notifyOnExit") ?? true,
    };

    public static ExecSecurity? ParseSecurity(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "deny" => ExecSecurity.Deny,
        "allowlist" => ExecSecurity.Allowlist,
        "full" => ExecSecurity.Full,
        _ => null,
    };

    public static ExecAsk? ParseAsk(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "off" => ExecAsk.Off,
        "on-miss" => ExecAsk.OnMiss,
        "always" => ExecAsk.Always,
        _ => null,
    };

    private static TimeSpan Milliseconds(ConfigSection own, ConfigSection general, string key, int otherwise, int min, int max) =>
        TimeSpan.FromMilliseconds(Math.Clamp(own.Int(key) ?? general.Int(key) ?? otherwise, min, max));
}

/// <summary>Which commands may run at all; a higher value is stricter only the other way round: the lowest wins.</summary>
internal enum ExecSecurity
{
    Deny,
    Allowlist,
    Full,
}

/// <summary>When a person is asked; the highest wins.</summary>
internal enum ExecAsk
{
    Off,
    OnMiss,
    Always,
}
