using System.Diagnostics;
using System.Text;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;
using Xunit.Abstractions;

namespace OpenClaw.Gateway.Bus.Tests.Journal;

/// <summary>kill -9 of a process that appends and consumes, at random points, on one directory again and again.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Directories = 3;
    private const int KillsPerDirectory = 34;

    // About 100 kills take half of this on two idle cores. A machine that is far busier does as many as fit.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(20);
    private const int FewestKillsPerDirectory = 8;

    [Fact]
    public async Task Kill_AtRandomPoints_NothingAcknowledgedIsLostAndNothingSettledComesAgain()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var facts = await Task.WhenAll(Enumerable.Range(0, Directories).Select(i => Task.Run(() => KillRepeatedlyAsync(new Random(seed + i)))));
        foreach (var (kills, acknowledged, handled) in facts)
        {
            output.WriteLine($"{kills} kills, {acknowledged.Count} acknowledged, {handled.Count} handled");
            Assert.NotEmpty(acknowledged);
            Assert.Empty(acknowledged.Except(handled));
            AssertOrder(handled);
        }
    }

    [Fact]
    public async Task Open_DirectoryOfALivingProcess_IsRefusedWithItsIdUntilItDies()
    {
        using var directory = new TempDirectory();
        using var owner = Start(directory.Path, 0, "drain");
        Assert.Equal("ready", await owner.StandardOutput.ReadLineAsync().WithTimeout());
        await using (var second = new TestBus(directory.Path))
        {
            var refused = await second.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = default }).AsTask().WithTimeout();
            Assert.Equal(AppendOutcome.Unavailable, refused.Outcome);
            Assert.Contains($"in use by process {owner.Id}", refused.Error, StringComparison.Ordinal);
        }
        owner.Kill();
        await owner.WaitForExitAsync().WithTimeout();
        await using var third = new TestBus(directory.Path);
        Assert.True((await third.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = default }).AsTask().WithTimeout()).IsStored);
    }

    private static async Task<(int Kills, List<string> Acknowledged, List<string> Handled)> KillRepeatedlyAsync(Random random)
    {
        using var directory = new TempDirectory();
        var (acknowledged, handled) = (new List<string>(), new List<string>());
        var began = Stopwatch.GetTimestamp();
        var run = 0;
        for (; run < KillsPerDirectory && (run < FewestKillsPerDirectory || Stopwatch.GetElapsedTime(began) < Budget); run++)
        {
            // Often early, so that starting and recovering are hit as well; sometimes after thousands of records.
            var linesToLive = random.Next(4) switch { 0 => 0, 1 => random.Next(1, 20), 2 => random.Next(20, 500), _ => random.Next(500, 3000) };
            using var victim = Start(directory.Path, run, "produce");
            var lines = 0;
            if (linesToLive == 0)
                victim.Kill();
            while (await victim.StandardOutput.ReadLineAsync().WithTimeout() is { } line)
            {
                if (line.StartsWith("a ", StringComparison.Ordinal))
                    acknowledged.Add(line[2..]);
                else if (line.StartsWith("h ", StringComparison.Ordinal))
                    handled.Add(line[2..]);
                if (++lines == linesToLive)
                    victim.Kill();
            }
            await victim.WaitForExitAsync().WithTimeout();
            Assert.NotEqual(0, victim.ExitCode);
        }
        await DrainAsync(directory.Path, handled);
        return (run, acknowledged, handled);
    }

    private static async Task DrainAsync(string directory, List<string> handled)
    {
        // Thousands may be left, and no power fails from here on.
        await using var bus = new TestBus(directory, storage: new FaultyStorage { SkipsSync = true });
        await using (await bus.Bus.Queues.ConsumeAsync("q", (delivery, _) =>
        {
            lock (handled)
                handled.Add(Encoding.UTF8.GetString(delivery.Payload.Span).Split(' ')[0]);
            return new(QueueVerdict.Done);
        }))
        {
            using var stop = new CancellationTokenSource(TestTimeouts.Wait);
            while (await bus.Bus.Queues.GetStatisticsAsync("q") is { } left && left.Waiting + left.InFlight > 0)
            {
                Assert.False(stop.IsCancellationRequested, $"Still {left}");
                await Task.Delay(5, CancellationToken.None);
            }
        }
        Assert.Equal(0, (await bus.Bus.Queues.GetStatisticsAsync("q")).Damaged);
    }

    /// <summary>
    /// Within a key the deliveries never go back: once a message was delivered, the one before it is settled, and a
    /// message that comes again comes before the next.
    /// </summary>
    private static void AssertOrder(List<string> handled)
    {
        foreach (var key in handled.Select(h => h.Split(':')).GroupBy(h => h[0]))
        {
            var order = key.Select(h => (Run: int.Parse(h[1]), Number: int.Parse(h[2]))).ToList();
            for (var i = 1; i < order.Count; i++)
                Assert.True(order[i].CompareTo(order[i - 1]) >= 0, $"{key.Key}: {order[i]} came after {order[i - 1]}");
        }
    }

    private static Process Start(string directory, int run, string mode)
    {
        var target = Path.Combine(AppContext.BaseDirectory, "OpenClaw.Gateway.Bus.KillTarget.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", target, directory, $"{run}", mode]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        return Process.Start(start)!;
    }
}
