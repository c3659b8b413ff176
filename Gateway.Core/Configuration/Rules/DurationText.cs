using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenClaw.Gateway.Core.Configuration.Rules;

/// <summary>Durations as the configuration writes them: <c>30m</c>, <c>1.5h</c>, <c>250ms</c>, <c>90</c>.</summary>
public static partial class DurationText
{
    /// <summary>Reads a duration; not negative.</summary>
    /// <param name="text">A number with <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>.</param>
    /// <param name="defaultUnit">Unit of a bare number.</param>
    /// <param name="duration">The duration, rounded to milliseconds.</param>
    public static bool TryParse(string? text, TimeSpan defaultUnit, out TimeSpan duration)
    {
        duration = default;
        var match = Pattern().Match(text?.Trim().ToLowerInvariant() ?? "");
        if (!match.Success || !double.TryParse(match.Groups["value"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return false;
        var unit = match.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            "d" => TimeSpan.FromDays(1),
            _ => defaultUnit,
        };
        var milliseconds = Math.Round(value * unit.TotalMilliseconds);
        if (milliseconds > TimeSpan.MaxValue.TotalMilliseconds / 2)
            return false;
        duration = TimeSpan.FromMilliseconds(milliseconds);
        return true;
    }

    [GeneratedRegex(@"^(?<value>\d+(\.\d+)?)(?<unit>ms|s|m|h|d)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
