using System.Globalization;
using OpenClaw.Gateway.Core.Cron;

namespace OpenClaw.Gateway.Core.Tests.Cron;

public sealed class CronExpressionTests
{
    [Theory]
    [InlineData("0 9 * * *", "UTC", "2026-11-21T04:20:27Z", "2026-11-21T09:00:00Z")]
    [InlineData("0 9 * * *", "UTC", "2026-11-21T09:00:00Z", "2026-11-22T09:00:00Z")]
    [InlineData("0 9 * * *", "Europe/Berlin", "2026-11-21T04:20:27Z", "2026-11-21T08:00:00Z")]
    [InlineData("*/15 * * * *", "UTC", "2026-11-21T04:20:27Z", "2026-11-21T04:30:00Z")]
    [InlineData("*/10 * * * * *", "UTC", "2026-11-21T04:20:27Z", "2026-11-21T04:20:30Z")]
    [InlineData("0 0 1 1 *", "UTC", "2026-11-21T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("0 0 29 2 *", "UTC", "2026-11-21T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("30 8-10/2 * * mon-fri", "UTC", "2026-11-21T00:00:00Z", "2026-11-23T08:30:00Z")]
    [InlineData("0 0 * * 7", "UTC", "2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z")]
    [InlineData("0 0 13 * 5", "UTC", "2026-11-21T00:00:00Z", "2026-11-27T00:00:00Z")]
    [InlineData("0 0 L * *", "UTC", "2026-11-21T00:00:00Z", "2026-11-30T00:00:00Z")]
    [InlineData("0 0 * * 5L", "UTC", "2026-11-21T00:00:00Z", "2026-11-27T00:00:00Z")]
    [InlineData("0 0 * * 1#2", "UTC", "2026-11-21T00:00:00Z", "2026-12-14T00:00:00Z")]
    [InlineData("0 0 0 1 1 * 2030", "UTC", "2026-11-21T00:00:00Z", "2030-01-01T00:00:00Z")]
    [InlineData("@hourly", "UTC", "2026-11-21T04:20:27Z", "2026-11-21T05:00:00Z")]
    [InlineData("0 0 * jan,MAR *", "UTC", "2026-11-21T00:00:00Z", "2027-01-01T00:00:00Z")]
    public void Next_IsTheFirstThatMatches(string expression, string zone, string after, string expected) => Assert.Equal(expected, Next(expression, zone, after));

    [Fact]
    public void TimeThatIsLeftOut_ComesAsMuchLater_Once()
    {
        // On 28 March 2027 in Vienna it is never half past two.
        Assert.Equal("2027-03-28T01:30:00Z", Next("30 2 * * *", "Europe/Vienna", "2027-03-27T12:00:00Z"));
        Assert.Equal("2027-03-29T00:30:00Z", Next("30 2 * * *", "Europe/Vienna", "2027-03-28T01:30:00Z"));
    }

    [Fact]
    public void TimeThatComesTwice_CountsOnce()
    {
        // On 31 October 2027 in Vienna it is half past two twice.
        Assert.Equal("2027-10-31T00:30:00Z", Next("30 2 * * *", "Europe/Vienna", "2027-10-30T12:00:00Z"));
        Assert.Equal("2027-11-01T01:30:00Z", Next("30 2 * * *", "Europe/Vienna", "2027-10-31T00:30:00Z"));
    }

    [Theory]
    [InlineData("2027-03-28T00:30:00Z", 6)]
    [InlineData("2027-10-31T00:30:00Z", 6)]
    public void EveryTwentyMinutes_GoOnThroughTheNightOfTheChange(string from, int runs)
    {
        var at = from;
        for (var i = 0; i < runs; i++)
        {
            var next = Next("*/20 * * * *", "Europe/Vienna", at)!;
            Assert.InRange(Time(next) - Time(at), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20));
            at = next;
        }
    }

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("0 0 0 1 1 * 1999")]
    public void WhatNeverComes_IsNull(string expression) => Assert.Null(Next(expression, "UTC", "2026-11-21T00:00:00Z"));

    [Theory]
    [InlineData("zzz", "CronPattern: invalid configuration format ('zzz'), exactly five, six, or seven space separated parts are required.")]
    [InlineData("60 * * * *", "CronPattern: minute has an invalid value: '60'")]
    [InlineData("*/0 * * * *", "CronPattern: minute has an invalid step: '*/0'")]
    [InlineData("5-1 * * * *", "CronPattern: minute has an invalid range: '5-1'")]
    [InlineData("* * 0 * *", "CronPattern: day of month has an invalid value: '0'")]
    [InlineData("* * * 13 *", "CronPattern: month has an invalid value: '13'")]
    [InlineData("* * * * 8", "CronPattern: day of week has an invalid value: '8'")]
    [InlineData("* * * * 1#9", "CronPattern: day of week has an invalid value: '1#9'")]
    [InlineData("99999999999 * * * *", "CronPattern: minute has an invalid value: '99999999999'")]
    [InlineData(",, * * * *", "CronPattern: minute has an invalid value: ''")]
    public void Nonsense_IsRefusedInWords(string expression, string message) =>
        Assert.Equal(message, Assert.Throws<CronFormatException>(() => CronExpression.Parse(expression)).Message);

    [Theory]
    [InlineData(1, 1_000, 1_001)]
    [InlineData(3_600_000, 3_600_000, 7_200_000)]
    [InlineData(3_600_000, 3_600_001, 7_200_000)]
    public void Interval_CountsFromItsAnchor(long every, long now, long expected) => Assert.Equal(expected, new CronSchedule.Every(every, 0).NextAfter(now));

    [Fact]
    public void Interval_WithoutEnd_NeverComes() => Assert.Null(new CronSchedule.Every(long.MaxValue, 1).NextAfter(long.MaxValue - 1));

    [Theory]
    [InlineData("2026-11-21", "2026-11-21T00:00:00.000Z")]
    [InlineData("2026-11-21T05:00", "2026-11-21T05:00:00.000Z")]
    [InlineData("2026-11-21T05:00:00+02:00", "2026-11-21T03:00:00.000Z")]
    [InlineData("1795234827819", "2026-11-21T04:20:27.819Z")]
    [InlineData("tomorrow", null)]
    [InlineData("2026-13-40", null)]
    [InlineData("999999999999999999999", null)]
    public void Time_IsReadAsThePeerDoes(string text, string? expected) => Assert.Equal(expected, CronTime.Parse(text) is { } ms ? CronTime.Iso(ms) : null);

    private static string? Next(string expression, string zone, string after) =>
        CronClock.NextAfter(CronExpression.Parse(expression), TimeZoneInfo.FindSystemTimeZoneById(zone), Time(after))?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
