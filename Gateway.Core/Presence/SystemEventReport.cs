using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Presence;

/// <summary>A host's report about itself, from the params of <c>system-event</c> and what its text says.</summary>
internal sealed partial record SystemEventReport
{
    /// <summary>In the presence row longer texts are cut: every client gets up to 200 rows at every change. The session hears the whole text.</summary>
    private const int MaxRowChars = 512;

    public required string Text { get; init; }

    public string? DeviceId { get; init; }

    public string? InstanceId { get; init; }

    public string? Host { get; init; }

    public string? Ip { get; init; }

    public string? Mode { get; init; }

    public string? Version { get; init; }

    public string? Platform { get; init; }

    public string? DeviceFamily { get; init; }

    public string? ModelIdentifier { get; init; }

    public double? LastInputSeconds { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyList<string>? Roles { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The text follows the pattern of a host's report.</summary>
    public bool IsNodeText => Text.StartsWith("Node:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Key of the presence row: device, instance, host, address, or the start of the text.</summary>
    public string Key => (DeviceId ?? InstanceId ?? Host ?? Ip ?? (Text.Length > 64 ? Text[..64] : Text)).ToLowerInvariant();

    /// <summary>Null when there is no text. Explicit params win over what the text says; wrong types count as absent.</summary>
    public static SystemEventReport? From(SystemEventParams parameters)
    {
        var text = Whole(parameters.Text);
        if (text is null)
            return null;
        var parsed = NodeText().Match(Cut(text));
        return new SystemEventReport
        {
            Text = text,
            DeviceId = String(parameters.DeviceId),
            InstanceId = String(parameters.InstanceId),
            Host = String(parameters.Host) ?? Group(parsed, "host"),
            Ip = String(parameters.Ip) ?? Group(parsed, "ip"),
            Mode = String(parameters.Mode) ?? Group(parsed, "mode"),
            Version = String(parameters.Version) ?? Group(parsed, "version"),
            Platform = String(parameters.Platform),
            DeviceFamily = String(parameters.DeviceFamily),
            ModelIdentifier = String(parameters.ModelIdentifier),
            LastInputSeconds = Number(parameters.LastInputSeconds) ?? ParseSeconds(Group(parsed, "seconds")),
            Reason = String(parameters.Reason) ?? Group(parsed, "reason"),
            Roles = Strings(parameters.Roles),
            Scopes = Strings(parameters.Scopes),
        };
    }

    /// <summary>The report over what was known.</summary>
    public PresenceEntry MergeInto(PresenceEntry? known) => new()
    {
        Host = Host ?? known?.Host,
        Ip = Ip ?? known?.Ip,
        Version = Version ?? known?.Version,
        Platform = Platform ?? known?.Platform,
        DeviceFamily = DeviceFamily ?? known?.DeviceFamily,
        ModelIdentifier = ModelIdentifier ?? known?.ModelIdentifier,
        Mode = Mode ?? known?.Mode,
        LastInputSeconds = LastInputSeconds ?? known?.LastInputSeconds,
        Reason = Reason ?? known?.Reason,
        Text = Cut(Text),
        Ts = 0,
        DeviceId = DeviceId ?? known?.DeviceId,
        Roles = Union(known?.Roles, Roles),
        Scopes = Union(known?.Scopes, Scopes),
        InstanceId = InstanceId ?? known?.InstanceId,
    };

    /// <summary>What the main session is told: plain texts as they are, a host's report only where it changed something that matters.</summary>
    public string? Announcement(PresenceEntry? known, PresenceEntry now)
    {
        if (!IsNodeText)
            return Text;
        var reasonMatters = Reason is not null && Reason != "heartbeat" && !Reason.StartsWith("periodic", StringComparison.OrdinalIgnoreCase) && Reason != known?.Reason;
        var hostChanged = now.Host != known?.Host || now.Ip != known?.Ip;
        var parts = new List<string>();
        if (hostChanged || now.Version != known?.Version || now.Mode != known?.Mode || reasonMatters)
            parts.Add($"Node: {now.Host ?? "Unknown"}{(now.Ip is null ? "" : $" ({now.Ip})")}");
        if (parts.Count == 0)
            return null;
        if (now.Version is not null && now.Version != known?.Version)
            parts.Add($"app {now.Version}");
        if (now.Mode is not null && now.Mode != known?.Mode)
            parts.Add($"mode {now.Mode}");
        if (reasonMatters)
            parts.Add($"reason {Reason}");
        return string.Join(" · ", parts);
    }

    private static string? Whole(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } text && text.GetString()!.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private static string? String(JsonElement? value) => Whole(value) is { } text ? Cut(text) : null;

    private static string Cut(string text) => text.Length <= MaxRowChars ? text : text[..MaxRowChars];

    private static double? Number(JsonElement? value) => value is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var d) && double.IsFinite(d) ? d : null;

    private static string[]? Strings(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Array } array
            ? [.. array.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!)]
            : null;

    private static double? ParseSeconds(string? text) => double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    private static string? Group(Match match, string name) => match.Groups[name] is { Success: true } group ? group.Value.Trim() : null;

    private static IReadOnlyList<string>? Union(IReadOnlyList<string>? known, IReadOnlyList<string>? added) =>
        known is null && added is null ? null : [.. (known ?? []).Concat(added ?? []).Distinct(StringComparer.Ordinal)];

    // Node: HOST (IP) · app VERSION · last input Ns ago · mode MODE · reason REASON
    [GeneratedRegex(
        @"^Node:\s*(?<host>[^(·]+?)(?:\s*\((?<ip>[^)]*)\))?(?:\s*·\s*app\s+(?<version>[^·]+?))?(?:\s*·\s*last input\s+(?<seconds>\d+)s ago)?(?:\s*·\s*mode\s+(?<mode>[^·]+?))?(?:\s*·\s*reason\s+(?<reason>.+?))?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 200)]
    private static partial Regex NodeText();
}
