using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OpenClaw.Gateway.Core.Cron;

/// <summary>When a job is due.</summary>
internal abstract record CronSchedule
{
    /// <summary>Reads a schedule as it is stored; null for one that is none.</summary>
    /// <param name="json">The schedule.</param>
    /// <param name="createdAtMs">From when an interval counts that says nothing of it.</param>
    /// <param name="hostZone">Time zone of an expression that names none.</param>
    /// <param name="problem">Why it is none, as clients are told.</param>
    public static CronSchedule? Of(JsonObject? json, long createdAtMs, TimeZoneInfo hostZone, out string? problem)
    {
        problem = null;
        switch (json?.Text("kind"))
        {
            case "at" when CronTime.Parse(json.Text("at")) is { } at:
                return new At(at);
            case "every" when json.Number("everyMs") is >= 1 and var every:
                return new Every(every, Math.Max(0, json.Number("anchorMs") ?? createdAtMs));
            case "cron" when json.Text("expr") is { } expression:
                var zone = hostZone;
                if (json.Text("tz") is { } tz && !TimeZoneInfo.TryFindSystemTimeZoneById(tz, out zone!))
                {
                    problem = $"RangeError: Invalid time zone specified: {tz}";
                    return null;
                }
                try
                {
                    return new Expression(CronExpression.Parse(expression), zone);
                }
                catch (CronFormatException e)
                {
                    problem = "TypeError: " + e.Message;
                    return null;
                }
            default:
                problem = "Error: the schedule is not of a known kind";
                return null;
        }
    }

    /// <summary>When it is due next, Unix milliseconds; null for never again.</summary>
    public abstract long? NextAfter(long nowMs);

    /// <summary>Once.</summary>
    internal sealed record At(long AtMs) : CronSchedule
    {
        public override long? NextAfter(long nowMs) => AtMs;
    }

    /// <summary>Again and again, counted from an anchor.</summary>
    internal sealed record Every(long EveryMs, long AnchorMs) : CronSchedule
    {
        public override long? NextAfter(long nowMs)
        {
            if (nowMs < AnchorMs)
                return AnchorMs;
            var next = (Int128)AnchorMs + ((((Int128)nowMs - AnchorMs) / EveryMs) + 1) * EveryMs;
            return next <= CronTime.LastMs ? (long)next : null;
        }
    }

    /// <summary>By the calendar of a time zone.</summary>
    internal sealed record Expression(CronExpression Cron, TimeZoneInfo Zone) : CronSchedule
    {
        public override long? NextAfter(long nowMs) =>
            CronClock.NextAfter(Cron, Zone, DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(nowMs, 0, CronTime.LastMs)))?.ToUnixTimeMilliseconds();
    }
}

/// <summary>Times in jobs.</summary>
internal static partial class CronTime
{
    /// <summary>31 December 9999.</summary>
    public static readonly long LastMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>A time in ISO 8601, in Greenwich when it says nothing of a zone, or Unix milliseconds; null for anything else.</summary>
    public static long? Parse(string? text)
    {
        var trimmed = text?.Trim();
        if (string.IsNullOrEmpty(trimmed))
            return null;
        if (trimmed.All(char.IsAsciiDigit))
            return long.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms > 0 && ms <= LastMs ? ms : null;
        return IsoPattern().IsMatch(trimmed)
            && DateTimeOffset.TryParse(trimmed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : null;
    }

    /// <summary>As JavaScript writes it.</summary>
    public static string Iso(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?\s*(Z|z|[+-]\d{2}:?\d{2})?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex IsoPattern();
}
