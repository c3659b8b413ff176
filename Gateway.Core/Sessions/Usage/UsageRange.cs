using System.Globalization;

namespace OpenClaw.Gateway.Core.Sessions.Usage;

/// <summary>Days to count, as milliseconds since 1970; both ends belong to the range. Days begin at midnight UTC.</summary>
internal readonly record struct UsageRange(long StartMs, long EndMs)
{
    private const long DayMs = 86_400_000;
    private const int DefaultDays = 30;

    public string StartDate => Date(StartMs);

    public string EndDate => Date(EndMs);

    /// <summary>From two dates (YYYY-MM-DD), else the last <paramref name="days"/> days, else the last thirty.</summary>
    public static UsageRange From(string? startDate, string? endDate, long? days, TimeProvider time)
    {
        if (DayOf(startDate) is { } start && DayOf(endDate) is { } end)
            return new UsageRange(start, end + DayMs - 1);
        var today = time.GetUtcNow().ToUnixTimeMilliseconds() / DayMs * DayMs;
        var count = Math.Clamp(days ?? DefaultDays, 1, 36_500);
        return new UsageRange(today - ((count - 1) * DayMs), today + DayMs - 1);
    }

    public bool Contains(DateTimeOffset time) => time.ToUnixTimeMilliseconds() is var ms && ms >= StartMs && ms <= EndMs;

    private static long? DayOf(string? text) =>
        DateTimeOffset.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day.ToUnixTimeMilliseconds() : null;

    private static string Date(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
