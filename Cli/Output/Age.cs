using System.Globalization;

namespace OpenClaw.Cli.Output;

/// <summary>Times as people read them.</summary>
internal static class Age
{
    /// <summary><c>just now</c>, <c>5m ago</c>, <c>3h ago</c>, <c>2d ago</c>.</summary>
    public static string Ago(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } => Of(age.TotalMinutes, "m"),
        { TotalDays: < 2 } => Of(age.TotalHours, "h"),
        _ => Of(age.TotalDays, "d"),
    };

    private static string Of(double count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{(long)count}{unit} ago");
}
