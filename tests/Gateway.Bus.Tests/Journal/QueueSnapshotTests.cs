using System.Text;
using OpenClaw.Gateway.Bus.Journal;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Tests.Journal;

/// <summary>Copies of a queue that is written to at the same time.</summary>
public sealed class QueueSnapshotTests
{
    private const int Copies = 15;
    private const int DeadLetters = 5;
    private const int Backlog = 100;
    private static readonly string Filler = new('.', 1000);

    [Fact]
    public async Task Copy_WhileMessagesPassThrough_IsTheQueueAtOneMoment()
    {
        using var journal = new JournalDirectory();
        await using var bus = new TestBus(journal.State, storage: new FaultyStorage { SkipsSync = true });
        using var stop = new CancellationTokenSource();
        long accepted = 0, delivered = 0;
        await using var consumer = await bus.Bus.Queues.ConsumeAsync("q", (delivery, _) =>
        {
            if (delivery.Key == "dead")
                return new(QueueVerdict.Reject("for ever"));
            // The ones before it have ended, and that is on the disk.
            Volatile.Write(ref delivered, Number(delivery.Payload));
            return new(QueueVerdict.Done);
        });
        for (var i = 0; i < DeadLetters; i++)
            await JournalDirectory.AppendAsync(bus.Bus, "dead", "dead");
        await JournalDirectory.UntilAsync(bus.Bus, static statistics => statistics.Waiting + statistics.InFlight == 0);
        var load = Task.Run(async () =>
        {
            for (long i = 1; !stop.IsCancellationRequested; i++)
            {
                await JournalDirectory.AppendAsync(bus.Bus, $"{i} {Filler}");
                Volatile.Write(ref accepted, i);
                // Some wait in each copy, and never so many that the queue is full.
                if (i % Backlog == 0)
                    await TestTimeouts.Until(() => Volatile.Read(ref delivered) > i - Backlog, "the consumer to keep up");
            }
        });

        for (var copy = 0; copy < Copies; copy++)
        {
            // Each copy sees other segments than the one before.
            var wanted = Volatile.Read(ref accepted) + 70;
            await TestTimeouts.Until(() => Volatile.Read(ref accepted) >= wanted || load.IsCompleted, "more messages");
            using var copied = new JournalDirectory();
            var (acceptedBefore, endedBefore) = (Volatile.Read(ref accepted), Volatile.Read(ref delivered) - 1);
            QueueSnapshot.Copy(journal.State, "q", copied.State);
            var deliveredAfter = Volatile.Read(ref delivered);

            await using var restored = new TestBus(copied.State, storage: new FaultyStorage { SkipsSync = true });
            Assert.Equal(DeadLetters, (await restored.Bus.Queues.ListDeadLettersAsync("q")).Count);
            var found = (await JournalDirectory.DrainAsync(restored.Bus)).Select(static text => long.Parse(text.Split(' ')[0])).ToList();
            Assert.Equal(found.Count == 0 ? [] : Enumerable.Range(0, found.Count).Select(i => found[0] + i), found);
            Assert.True(found.Count == 0 || found[0] > endedBefore, $"{found.FirstOrDefault()} had ended before: {endedBefore}");
            for (var message = deliveredAfter + 1; message <= acceptedBefore; message++)
                Assert.Contains(message, found);
            Assert.False(Directory.Exists(copied.Damaged));
        }
        await stop.CancelAsync();
        await load.WithTimeout();
    }

    [Fact]
    public async Task Copy_OfAQueueAtRest_IsTheSameQueue()
    {
        using var journal = new JournalDirectory();
        await journal.AppendAsync("one", "two", "three");
        using var copied = new JournalDirectory();

        QueueSnapshot.Copy(journal.State, "q", copied.State);

        Assert.Equal(["q"], QueueSnapshot.Queues(journal.State));
        Assert.Equal(["one", "two", "three"], await copied.DrainAsync());
        Assert.Equal(["one", "two", "three"], await journal.DrainAsync());
    }

    [Fact]
    public void Queues_NoSuchDirectory_AreNone() => Assert.Empty(QueueSnapshot.Queues("/nowhere/at/all"));

    private static long Number(ReadOnlyMemory<byte> payload) => long.Parse(Encoding.UTF8.GetString(payload.Span).Split(' ')[0]);
}
