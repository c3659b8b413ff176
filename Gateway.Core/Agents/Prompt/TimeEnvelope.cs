using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenClaw.Gateway.Core.Agents.Prompt;

/// <summary>Puts the time in front of a user's text, as models have no clock: <c>[Sat 2026-11-21 05:14 GMT+1] hello</c>.</summary>
internal static partial class TimeEnvelope
{
    /// <summary>Text that already says its time stays as it is. <paramref name="timeZoneId"/> is an IANA name; null is the host's zone.</summary>
    public static string Wrap(string text, DateTimeOffset now, string? timeZoneId, TimeZoneInfo hostZone)
    {
        if (EnvelopePattern().IsMatch(text) || text.Contains("Current time: ", StringComparison.Ordinal))
            return text;
        return $"[{Stamp(now, Zone(timeZoneId, hostZone))}] {text}";
    }

    /// <summary>A time as envelopes write it: <c>Sat 2026-11-21 05:14 GMT+1</c>.</summary>
    public static string Stamp(DateTimeOffset time, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        return string.Create(CultureInfo.InvariantCulture, $"{local:ddd yyyy-MM-dd HH:mm} {Abbreviation(zone, local)}");
    }

    /// <summary>The zone of that IANA name, or the host's.</summary>
    public static TimeZoneInfo Zone(string? timeZoneId, TimeZoneInfo hostZone) =>
        timeZoneId is not null && TimeZoneInfo.TryFindSystemTimeZoneById(timeZoneId.Trim(), out var zone) ? zone : hostZone;

    // As JavaScript's short zone names in American English: some zones have letters, the others their distance to Greenwich.
    private static string Abbreviation(TimeZoneInfo zone, DateTimeOffset local)
    {
        if (local.Offset == TimeSpan.Zero && zone.Id is "UTC" or "Etc/UTC" or "Etc/UCT" or "Zulu")
            return "UTC";
        var summer = zone.IsDaylightSavingTime(local);
        var letters = zone.Id switch
        {
            "America/New_York" or "America/Detroit" or "America/Toronto" or "US/Eastern" => summer ? "EDT" : "EST",
            "America/Chicago" or "America/Winnipeg" or "US/Central" => summer ? "CDT" : "CST",
            "America/Denver" or "America/Boise" or "US/Mountain" => summer ? "MDT" : "MST",
            "America/Phoenix" => "MST",
            "America/Los_Angeles" or "America/Vancouver" or "US/Pacific" => summer ? "PDT" : "PST",
            "America/Anchorage" => summer ? "AKDT" : "AKST",
            "Pacific/Honolulu" => "HST",
            _ => null,
        };
        if (letters is not null)
            return letters;
        if (local.Offset == TimeSpan.Zero)
            return "GMT";
        var offset = local.Offset.Duration();
        var sign = local.Offset < TimeSpan.Zero ? '-' : '+';
        return offset.Minutes == 0
            ? string.Create(CultureInfo.InvariantCulture, $"GMT{sign}{offset.Hours}")
            : string.Create(CultureInfo.InvariantCulture, $"GMT{sign}{offset.Hours}:{offset.Minutes:00}");
    }

    [GeneratedRegex(@"^\[[^\]\n]*\d{4}-\d{2}-\d{2} \d{2}:\d{2}")]
    private static partial Regex EnvelopePattern();
}
