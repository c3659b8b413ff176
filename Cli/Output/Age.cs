using System.Globalization;

namespace OpenClaw.Cli.Output;

/// <summary>Times as people read them.</summary>
internal static class Age
{
    /// <summary>How long ago a time was: <c>just now</c>, <c>5m ago</c>, <c>3h ago</c>, <c>2d ago</c>.</summary>
    /// <param name="unixMs">The time in Unix milliseconds; any number.</param>
    /// <param name="now">The present.</param>
    public static string Ago(long unixMs, DateTimeOffset now) => TimeSpan.FromMilliseconds(Math.Clamp(now.ToUnixTimeMilliseconds() - unixMs, 0, now.ToUnixTimeMilliseconds())) switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } age => Of(age.TotalMinutes, "m"),
        { TotalDays: < 2 } age => Of(age.TotalHours, "h"),
        var age => Of(age.TotalDays, "d"),
    };

    private static string Of(double count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{(long)count}{unit} ago");
}
