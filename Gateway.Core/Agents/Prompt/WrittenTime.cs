using System.Globalization;

namespace OpenClaw.Gateway.Core.Agents.Prompt;

/// <summary>A time in words, as models are told it: <c>Saturday, November 21st, 2026 — 4:24 AM</c>.</summary>
internal static class WrittenTime
{
    /// <summary>
    /// <paramref name="format"/> is <c>agents.defaults.timeFormat</c>. <c>auto</c> counts to twelve: the gateway carries no
    /// data about the habits of countries.
    /// </summary>
    public static string Of(DateTimeOffset local, string format)
    {
        var clock = format == "24" ? "HH:mm" : "h:mm tt";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{local:dddd, MMMM} {local.Day}{Suffix(local.Day)}, {local:yyyy} — {local.ToString(clock, CultureInfo.InvariantCulture)}");
    }

    private static string Suffix(int day) => (day % 100, day % 10) switch
    {
        ( >= 11 and <= 13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
}
