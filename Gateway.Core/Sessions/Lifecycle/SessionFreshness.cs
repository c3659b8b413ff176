namespace OpenClaw.Gateway.Core.Sessions.Lifecycle;

/// <summary>When a conversation has become so old that the next message starts a new one.</summary>
/// <param name="DailyHour">Hour of the gateway's local time at which a day ends; null for no daily end.</param>
/// <param name="IdleMinutes">Minutes without a message; null for no limit.</param>
internal sealed record SessionFreshness(int? DailyHour, int? IdleMinutes)
{
    /// <summary>True when a session last used at <paramref name="updatedAtMs"/> goes on.</summary>
    public bool IsFresh(long updatedAtMs, TimeProvider time)
    {
        var now = time.GetLocalNow();
        if (DailyHour is { } hour && updatedAtMs < DayStart(now, Math.Clamp(hour, 0, 23), time.LocalTimeZone).ToUnixTimeMilliseconds())
            return false;
        return IdleMinutes is not { } idle || now.ToUnixTimeMilliseconds() <= updatedAtMs + (Math.Max(idle, 1) * 60_000L);
    }

    private static DateTimeOffset DayStart(DateTimeOffset now, int hour, TimeZoneInfo zone)
    {
        var start = now.Date.AddHours(hour);
        if (now.DateTime < start)
            start = start.AddDays(-1);

        // The hour that a clock change skips begins at its end.
        if (zone.IsInvalidTime(start))
            start = start.AddHours(1);
        return new DateTimeOffset(start, zone.GetUtcOffset(start));
    }
}
