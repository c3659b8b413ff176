using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Durability;

/// <summary>A process that is killed loses nothing it has acknowledged, and leaves nothing that cannot be read.</summary>
public sealed class KillTests : IDisposable
{
    private const int Lanes = 2;
    private const int KillsPerLane = 50;

    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Kill_AtRandomPoints_LosesNoAcknowledgedWrite()
    {
        var kills = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => KillAgainAndAgainAsync(_directory["lane" + lane], new Random(lane)))));

        Assert.Equal(Lanes * KillsPerLane, kills.Sum());
    }

    public void Dispose() => _directory.Dispose();

    private static async Task<int> KillAgainAndAgainAsync(string state, Random random)
    {
        var stored = 0L;
        for (var life = 0; life < KillsPerLane; life++)
        {
            var (messages, count) = await LiveAndDieAsync(state, acknowledgements: random.Next(1, 25));
            stored = AssertTranscript(state, atLeast: Math.Max(messages, stored));
            AssertStore(state, count);
        }
        return KillsPerLane;
    }

    /// <summary>Returns the last numbers the process said were on disk.</summary>
    private static async Task<(long Messages, long Count)> LiveAndDieAsync(string state, int acknowledgements)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "OpenClaw.Gateway.Core.KillTarget.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, state]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var (messages, count) = (0L, 0L);
        void Note(string line)
        {
            var number = long.Parse(line[2..], CultureInfo.InvariantCulture);
            (messages, count) = line[0] == 'm' ? (Math.Max(messages, number), count) : (messages, Math.Max(count, number));
        }

        for (var i = 0; i < acknowledgements; i++)
        {
            if (await process.StandardOutput.ReadLineAsync().WaitAsync(TestTimeouts.Wait) is not { } line)
                Assert.Fail("The process ended by itself: " + await errors);
            else
                Note(line);
        }

        // It is in the middle of the next writes now.
        process.Kill();
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(TestTimeouts.Wait) is { } line)
            Note(line);
        await process.WaitForExitAsync().WithTimeout();
        return (messages, count);
    }

    /// <summary>Every line but a torn last one parses, and the messages are 1, 2, 3, … without gap or repetition.</summary>
    private static long AssertTranscript(string state, long atLeast)
    {
        var path = Path.Combine(state, "agents", "main", "sessions", "kill-target.jsonl");
        if (!File.Exists(path))
        {
            Assert.Equal(0, atLeast);
            return 0;
        }
        var text = File.ReadAllText(path);
        var whole = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var last = 0L;
        foreach (var line in whole)
        {
            var entry = JsonNode.Parse(line)!;
            if ((string?)entry["type"] != "message")
                continue;
            var number = (long)entry["message"]!["timestamp"]!;
            Assert.Equal(last + 1, number);
            last = number;
        }
        Assert.InRange(last, atLeast, long.MaxValue);
        return last;
    }

    private static void AssertStore(string state, long atLeast)
    {
        var path = Path.Combine(state, "agents", "main", "sessions", "sessions.json");
        if (!File.Exists(path))
        {
            Assert.Equal(0, atLeast);
            return;
        }
        using var store = JsonDocument.Parse(File.ReadAllBytes(path));
        Assert.InRange(store.RootElement.GetProperty("agent:main:main").GetProperty("compactionCount").GetInt64(), atLeast, long.MaxValue);
    }
}
