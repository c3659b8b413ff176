using System.Text;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Tests.Journal;

/// <summary>A state directory whose queue "q" a test looks at from below.</summary>
internal sealed class JournalDirectory : IDisposable
{
    private readonly TempDirectory _directory = new();

    public string State => _directory["state"];

    public string Queue => Path.Combine(State, "queues", "q");

    public string Damaged => Path.Combine(Queue, "damaged");

    public string[] Segments => [.. Directory.EnumerateFiles(Queue, "*.journal").Order(StringComparer.Ordinal)];

    public long DiskBytes => Segments.Sum(s => new FileInfo(s).Length);

    public void Dispose() => _directory.Dispose();

    /// <summary>Appends messages with one key, each durable before the next, and closes the bus.</summary>
    public async Task AppendAsync(params string[] payloads)
    {
        await using var bus = new TestBus(State);
        foreach (var payload in payloads)
            await AppendAsync(bus.Bus, payload);
    }

    public static async Task<string> AppendAsync(IBus bus, string payload, string key = "k")
    {
        var result = await TryAppendAsync(bus, payload, key);
        Assert.Equal((AppendOutcome.Stored, null), (result.Outcome, result.Error));
        return result.Id!;
    }

    public static Task<AppendResult> TryAppendAsync(IBus bus, string payload, string key = "k") =>
        bus.Queues.AppendAsync("q", new QueueEntry { Key = key, Payload = Encoding.UTF8.GetBytes(payload) }).AsTask().WithTimeout();

    /// <summary>Opens a bus on the directory, takes everything that waits, and returns it in the order it came.</summary>
    public async Task<List<string>> DrainAsync(CapturedLogs? logs = null)
    {
        await using var bus = new TestBus(State, storage: new FaultyStorage { SkipsSync = true });
        var drained = await DrainAsync(bus.Bus);
        foreach (var entry in bus.Logs.Entries)
            logs?.Add(entry);
        return drained;
    }

    public static async Task<List<string>> DrainAsync(IBus bus)
    {
        var drained = new List<string>();
        await using (await bus.Queues.ConsumeAsync("q", (delivery, _) =>
        {
            lock (drained)
                drained.Add(Encoding.UTF8.GetString(delivery.Payload.Span));
            return new(QueueVerdict.Done);
        }))
        {
            await UntilAsync(bus, s => s.Waiting + s.InFlight == 0);
        }
        return drained;
    }

    public static async Task UntilAsync(IBus bus, Func<QueueStatistics, bool> condition)
    {
        using var stop = new CancellationTokenSource(TestTimeouts.Wait);
        while (await bus.Queues.GetStatisticsAsync("q") is var statistics && !condition(statistics))
        {
            Assert.False(stop.IsCancellationRequested, $"Still {statistics}");
            await Task.Delay(2, CancellationToken.None);
        }
    }

    /// <summary>The files of the queue as they are, to put back with <see cref="Restore"/>.</summary>
    public Dictionary<string, byte[]> Snapshot() =>
        Directory.EnumerateFiles(Queue).ToDictionary(f => f, File.ReadAllBytes);

    public void Restore(Dictionary<string, byte[]> files)
    {
        Directory.Delete(Queue, recursive: true);
        Directory.CreateDirectory(Queue);
        foreach (var (path, bytes) in files)
            File.WriteAllBytes(path, bytes);
    }
}
