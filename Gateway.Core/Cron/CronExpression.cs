namespace OpenClaw.Gateway.Core.Cron;

/// <summary>
/// A cron expression of five to seven fields: (second) minute hour day month weekday (year), with lists, ranges, steps, names, <c>L</c> for the
/// last day of a month, <c>5L</c> and <c>5#2</c> for its last and second Friday. Where both days are named, either is enough. Immutable.
/// </summary>
internal sealed class CronExpression
{
    /// <summary>Longest text that is looked at: real ones have twenty characters.</summary>
    private const int MaxChars = 256;

    /// <summary>29 February on a Sunday comes within 40 years.</summary>
    private const int YearsAhead = 41;

    private const int AllOccurrences = -1;
    private const int LastOccurrence = 1 << 6;

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly CronField _second;
    private readonly CronField _minute;
    private readonly CronField _hour;
    private readonly CronField _day;
    private readonly CronField _month;
    private readonly CronField? _year;
    private readonly bool _lastDay;
    private readonly bool _anyWeekday;

    /// <summary>Per weekday which of its occurrences in a month match, as bits.</summary>
    private readonly int[] _weekdays = new int[7];

    private CronExpression(string[] parts)
    {
        var at = parts.Length > 5 ? 1 : 0;
        _second = CronField.Parse(at == 1 ? parts[0] : "0", "second", 0, 59);
        _minute = CronField.Parse(parts[at], "minute", 0, 59);
        _hour = CronField.Parse(parts[at + 1], "hour", 0, 23);
        HourIsOpen = parts[at + 1].AsSpan().IndexOfAny("*-/") >= 0;
        var days = parts[at + 2].Split(',').ToList();
        _lastDay = days.RemoveAll(static day => day is "L" or "l") > 0;
        // With nothing but L no other day matches; an empty list of days cannot be written otherwise.
        _day = days.Count > 0 ? CronField.Parse(string.Join(',', days), "day of month", 1, 31) : CronField.Parse("0", "day of month", 0, 31);
        _month = CronField.Parse(parts[at + 3], "month", 1, 12, Months, firstNamed: 1);
        _anyWeekday = parts[at + 4] is "*" or "?";
        foreach (var part in parts[at + 4].Split(','))
            AddWeekday(part);
        _year = parts.Length == 7 ? CronField.Parse(parts[6], "year", 1970, 2199) : null;
    }

    /// <summary>It means a stretch of the day rather than an hour of it, so that an hour that comes twice counts twice.</summary>
    public bool HourIsOpen { get; }

    /// <exception cref="CronFormatException">It is no cron expression.</exception>
    public static CronExpression Parse(string text)
    {
        if (text.Length > MaxChars)
            throw new CronFormatException("CronPattern: the expression is too long");
        var known = text.Trim().ToLowerInvariant() switch
        {
            "@yearly" or "@annually" => "0 0 1 1 *",
            "@monthly" => "0 0 1 * *",
            "@weekly" => "0 0 * * 0",
            "@daily" or "@midnight" => "0 0 * * *",
            "@hourly" => "0 * * * *",
            _ => text,
        };
        var parts = known.Split((char[])[' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is < 5 or > 7)
            throw new CronFormatException($"CronPattern: invalid configuration format ('{text}'), exactly five, six, or seven space separated parts are required.");
        return new CronExpression(parts);
    }

    /// <summary>The first time of day that matches, this one or later; null when there is none in sight.</summary>
    public DateTime? FirstFrom(DateTime from)
    {
        var time = from.Ticks % TimeSpan.TicksPerSecond == 0 ? from : from.AddTicks(TimeSpan.TicksPerSecond - (from.Ticks % TimeSpan.TicksPerSecond));
        var end = Math.Min(time.Year + YearsAhead, DateTime.MaxValue.Year - 1);
        while (time.Year <= end)
        {
            if (_year is { } year && !year.Has(time.Year))
                time = new DateTime(time.Year, 1, 1).AddYears(1);
            else if (!_month.Has(time.Month))
                time = new DateTime(time.Year, time.Month, 1).AddMonths(1);
            else if (!HasDay(time))
                time = time.Date.AddDays(1);
            else if (!_hour.Has(time.Hour))
                time = time.Date.AddHours(time.Hour + 1);
            else if (!_minute.Has(time.Minute))
                time = time.Date.AddMinutes((time.Hour * 60) + time.Minute + 1);
            else if (!_second.Has(time.Second))
                time = time.AddSeconds(1);
            else
                return time;
        }
        return null;
    }

    private bool HasDay(DateTime time)
    {
        var last = DateTime.DaysInMonth(time.Year, time.Month);
        var anyDay = _day.IsAny && !_lastDay;
        var day = _day.Has(time.Day) || (_lastDay && time.Day == last);
        var mask = _weekdays[(int)time.DayOfWeek];
        var weekday = _anyWeekday || (mask & (1 << ((time.Day - 1) / 7))) != 0 || ((mask & LastOccurrence) != 0 && time.Day + 7 > last);
        return anyDay || _anyWeekday ? day && weekday : day || weekday;
    }

    private void AddWeekday(string part)
    {
        var occurrences = AllOccurrences & ~LastOccurrence;
        var name = part;
        if (part.Length > 1 && part[^1] is 'L' or 'l')
        {
            (name, occurrences) = (part[..^1], LastOccurrence);
        }
        else if (part.IndexOf('#', StringComparison.Ordinal) is > 0 and var hash)
        {
            if (part.Length != hash + 2 || part[^1] is < '1' or > '5')
                throw new CronFormatException($"CronPattern: day of week has an invalid value: '{part}'");
            (name, occurrences) = (part[..hash], 1 << (part[^1] - '1'));
        }
        var days = CronField.Parse(name, "day of week", 0, 7, Days);
        for (var day = 0; day <= 7; day++)
        {
            if (days.Has(day))
                _weekdays[day % 7] |= occurrences;
        }
    }
}
