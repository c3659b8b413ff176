namespace OpenClaw.Gateway.Core.Cron;

/// <summary>
/// When a cron expression matches in a time zone. In the night in which an hour is left out what was due in it comes as much later; in the one in
/// which an hour comes twice it comes once. Expressions that mean a stretch of the day, such as every five minutes, go by time that really passes.
/// </summary>
internal static class CronClock
{
    /// <summary>Changes of a zone's offset that one search crosses at most; a zone has two a year.</summary>
    private const int MaxChanges = 200;

    /// <summary>The first time after <paramref name="after"/>; null when there is none in sight.</summary>
    public static DateTimeOffset? NextAfter(CronExpression expression, TimeZoneInfo zone, DateTimeOffset after)
    {
        // Seconds are whole, and the next one is strictly later.
        var utc = new DateTime(after.UtcTicks - (after.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc).AddSeconds(1);
        for (var changes = 0; changes < MaxChanges; changes++)
        {
            var offset = zone.GetUtcOffset(utc);
            if (expression.FirstFrom(DateTime.SpecifyKind(utc + offset, DateTimeKind.Unspecified)) is not { } local || local.Ticks - offset.Ticks is < 0)
                return null;
            var match = new DateTime((local - offset).Ticks, DateTimeKind.Utc);
            var change = FirstChange(zone, utc, match, offset);
            if (change is null)
            {
                if (expression.HourIsOpen || !IsSecondPass(zone, local, offset))
                    return new DateTimeOffset(match);
                utc = match.AddSeconds(1);
                continue;
            }
            var skipped = zone.GetUtcOffset(change.Value) - offset;
            // It would have been in the hour that is left out.
            if (skipped > TimeSpan.Zero && !expression.HourIsOpen && local - (change.Value + offset) < skipped)
                return new DateTimeOffset(match);
            utc = change.Value;
        }
        return null;
    }

    /// <summary>The hour comes twice, and this is its second time.</summary>
    private static bool IsSecondPass(TimeZoneInfo zone, DateTime local, TimeSpan offset) =>
        zone.IsAmbiguousTime(local) && zone.GetAmbiguousTimeOffsets(local).Max() != offset;

    /// <summary>The first moment in the stretch at which the zone has another offset; null when it has the same at its end.</summary>
    private static DateTime? FirstChange(TimeZoneInfo zone, DateTime from, DateTime to, TimeSpan offset)
    {
        // Two changes in a stretch can cancel each other out, so it is looked at week by week.
        for (var start = from; start < to; start = start.AddDays(7))
        {
            var end = start.AddDays(7) < to ? start.AddDays(7) : to;
            if (zone.GetUtcOffset(end) == offset)
                continue;
            var (before, after) = (start, end);
            while (after - before > TimeSpan.FromSeconds(1))
            {
                var middle = new DateTime((before.Ticks + after.Ticks) / 2, DateTimeKind.Utc);
                if (zone.GetUtcOffset(middle) == offset)
                    before = middle;
                else
                    after = middle;
            }
            return new DateTime(after.Ticks - (after.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
        }
        return null;
    }
}
