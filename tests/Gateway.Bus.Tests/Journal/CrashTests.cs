using System.Text;
using OpenClaw.Gateway.Bus.Contract;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;
using Xunit.Abstractions;

namespace OpenClaw.Gateway.Bus.Tests.Journal;

/// <summary>
/// The machine stops at a disk operation, chosen anew in each run: while appending, settling, beginning a segment,
/// carrying messages on, deleting a segment.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Messages = 90;
    private const int Crashes = 60;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Crash_AtAnyDiskOperation_WhatWasConfirmedHolds(bool losesPower)
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var chance = new Random(seed);
        var total = await CountOperationsAsync();
        output.WriteLine($"{total} operations");
        Assert.InRange(total, 300, 3000);
        for (var i = 0; i < Crashes; i++)
        {
            var crashAt = chance.Next(1, total);
            using var journal = new JournalDirectory();
            var run = new Run(new CrashingStorage(crashAt, losesPower, chance), journal);
            try
            {
                await run.WorkAsync();
                await run.VerifyAsync(losesPower);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed}, crash {i} at operation {crashAt} of {total}", exception);
            }
        }
    }

    [Fact]
    public async Task Crash_InEveryAttemptAtOneMessage_MakesItADeadLetter()
    {
        using var journal = new JournalDirectory();
        await journal.AppendAsync("deadly", "next");
        var options = new QueueConsumerOptions { MaxAttempts = 3 };
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Dictionary<string, byte[]> atDeath;
            await using (var bus = new TestBus(journal.State))
            {
                var handler = new ManualHandler();
                await using var consumer = await bus.Bus.Queues.ConsumeAsync("q", handler.HandleAsync, options);
                var turn = await handler.NextAsync().WithTimeout();
                Assert.Equal(("deadly", attempt), (turn.Text, turn.Delivery.Attempt));
                atDeath = journal.Snapshot();
            }
            journal.Restore(atDeath);
        }

        await using var last = new TestBus(journal.State);
        var survivor = new ManualHandler();
        await using var next = await last.Bus.Queues.ConsumeAsync("q", survivor.HandleAsync, options);
        Assert.Equal(["next"], await survivor.TakeAsync(1));
        var letter = Assert.Single(await last.Bus.Queues.ListDeadLettersAsync("q"));
        Assert.Equal((3, "The process ended during the last attempt."), (letter.Attempts, letter.Reason));
    }

    /// <summary>How many operations the work takes when nothing happens, and that it is the kind of work it should be.</summary>
    private static async Task<int> CountOperationsAsync()
    {
        using var journal = new JournalDirectory();
        var (operations, deletions) = (0, 0);
        var storage = new FaultyStorage
        {
            SkipsSync = true,
            Before = o =>
            {
                Interlocked.Increment(ref operations);
                if (o == StorageOperation.Delete)
                    Interlocked.Increment(ref deletions);
            },
        };
        var run = new Run(storage, journal);
        await run.WorkAsync();
        Assert.True(deletions > 2, "The work has to make the journal delete segments.");
        await run.VerifyAsync(losesPower: false);
        return operations;
    }

    private sealed class Run(Bus.Journal.IJournalStorage storage, JournalDirectory journal)
    {
        private static readonly string Filler = new('.', 6 << 10);

        private readonly Lock _gate = new();
        private readonly Dictionary<string, AppendOutcome> _appended = [];
        private readonly List<string> _handled = [];
        private readonly HashSet<string> _rejected = [];

        public async Task WorkAsync()
        {
            await using var bus = new TestBus(journal.State, storage: storage);
            // The first message becomes a dead letter, which holds up its segment until it is carried on.
            await using var consumer = await TryConsumeAsync(bus.Bus);
            for (var i = 0; i < Messages; i++)
            {
                var text = $"k{i % 3}:{i}";
                var result = await JournalDirectory.TryAppendAsync(bus.Bus, text + " " + Filler, $"k{i % 3}");
                _appended.Add(text, result.Outcome);
                // So that what is carried on is the dead letters and not a backlog.
                if (i % 10 == 9 && consumer is not null && !HasCrashed)
                    await JournalDirectory.UntilAsync(bus.Bus, s => HasCrashed || s.Waiting + s.InFlight == 0);
            }
        }

        public async Task VerifyAsync(bool losesPower)
        {
            // Settled for certain: whatever a later message of its key was handed out after.
            var settled = _handled.Where(h => _handled.Any(later => KeyOf(later) == KeyOf(h) && NumberOf(later) > NumberOf(h))).ToHashSet();
            await using var bus = new TestBus(journal.State, storage: new FaultyStorage { SkipsSync = true });
            var drained = (await JournalDirectory.DrainAsync(bus.Bus)).ConvertAll(TextOf);
            var dead = (await bus.Bus.Queues.ListDeadLettersAsync("q")).Select(d => TextOf(Encoding.UTF8.GetString(d.Payload.Span))).ToList();

            var stored = _appended.Where(a => a.Value == AppendOutcome.Stored).Select(a => a.Key);
            Assert.Empty(stored.Except(_handled).Except(drained));
            Assert.Empty(drained.Intersect(settled));
            Assert.Empty(settled.Intersect(_rejected).Except(dead));
            Assert.Empty(dead.Except(_rejected));
            Assert.DoesNotContain(drained.Concat(dead), d => _appended[d] == AppendOutcome.Unavailable);
            Assert.Equal(drained.Count, drained.Distinct().Count());
            foreach (var key in drained.GroupBy(KeyOf))
                Assert.Equal(key.OrderBy(NumberOf), key);
            // A record that was never synced may be torn while a later one is whole; a kill tears nothing but the end.
            if (!losesPower)
                Assert.Equal(0, (await bus.Bus.Queues.GetStatisticsAsync("q")).Damaged);

            await JournalDirectory.AppendAsync(bus.Bus, "after");
            Assert.Equal(["after"], await JournalDirectory.DrainAsync(bus.Bus));
        }

        private bool HasCrashed => storage is CrashingStorage { HasCrashed: true };

        private async Task<IQueueConsumer?> TryConsumeAsync(IBus bus)
        {
            try
            {
                return await bus.Queues.ConsumeAsync("q", Handle, new QueueConsumerOptions { Concurrency = 2 });
            }
            catch (BusUnavailableException)
            {
                return null;
            }
        }

        private ValueTask<QueueVerdict> Handle(QueueDelivery delivery, CancellationToken cancellationToken)
        {
            var text = TextOf(Encoding.UTF8.GetString(delivery.Payload.Span));
            lock (_gate)
            {
                _handled.Add(text);
                if (NumberOf(text) % 30 == 0)
                {
                    _rejected.Add(text);
                    return new(QueueVerdict.Reject("every thirtieth"));
                }
            }
            return new(NumberOf(text) % 7 == 1 && delivery.Attempt == 1 ? QueueVerdict.Retry("once", TimeSpan.Zero) : QueueVerdict.Done);
        }

        private static string TextOf(string payload) => payload.Split(' ')[0];

        private static string KeyOf(string text) => text.Split(':')[0];

        private static int NumberOf(string text) => int.Parse(text.Split(':')[1]);
    }
}
