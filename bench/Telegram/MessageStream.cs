using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using OpenClaw.Fakes.Telegram;

namespace OpenClaw.Benchmarks.Telegram;

/// <summary>Messages of people, each with a number that its answer repeats, and when they were answered.</summary>
internal sealed partial class MessageStream(FakeBot bot)
{
    private readonly Dictionary<int, long> _saidAt = [];
    private int _said;
    private int _seen;
    private int _answered;

    /// <summary>Everybody writes at once; returns how long it took until all were answered.</summary>
    public async Task<TimeSpan> BurstAsync(int messages, int chats, TimeSpan patience)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < messages; i++)
            Say(i % chats);
        var last = begin;
        await CollectAsync(patience, (_, at) => last = Math.Max(last, at));
        return Stopwatch.GetElapsedTime(begin, last);
    }

    /// <summary>They write one after the other at a steady pace; returns the milliseconds that each waited for its answer.</summary>
    public async Task<List<double>> PacedAsync(int messages, int chats, double perSecond, TimeSpan patience)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < messages; i++)
        {
            var due = TimeSpan.FromSeconds(i / perSecond) - Stopwatch.GetElapsedTime(begin);
            if (due > TimeSpan.Zero)
                await Task.Delay(due);
            Say(i % chats);
        }
        var latencies = new List<double>();
        await CollectAsync(patience, (number, at) => latencies.Add(Stopwatch.GetElapsedTime(_saidAt[number], at).TotalMilliseconds));
        return latencies;
    }

    private void Say(int chat)
    {
        var number = ++_said;
        var id = 10_000 + chat;
        _saidAt[number] = Stopwatch.GetTimestamp();
        bot.Enqueue(Updates.Text(id, number, string.Create(CultureInfo.InvariantCulture, $"message {number}."), Updates.User(id, "User", "user")));
    }

    private async Task CollectAsync(TimeSpan patience, Action<int, long> answered)
    {
        await bot.WaitAsync(bot => bot.SentCount - _seen >= _said - _answered, patience);
        foreach (var sent in bot.SentAfter(_seen))
        {
            _seen++;
            if (Marker().Match(sent.Text ?? "") is not { Success: true } match)
                throw new InvalidOperationException("The gateway said something else: " + sent.Text);
            _answered++;
            answered(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), sent.Timestamp);
        }
    }

    [GeneratedRegex(@"message (\d+)\.")]
    private static partial Regex Marker();
}
