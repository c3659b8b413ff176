using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Cluster;

/// <summary>What clients were answered for, to be held against what the sessions' histories say in the end.</summary>
internal sealed class AcceptHistory
{
    private readonly ConcurrentDictionary<string, string> _accepted = new();
    private int _round;

    public int Round => Volatile.Read(ref _round);

    public void EndRound() => Interlocked.Increment(ref _round);

    /// <summary>Sends a message whose text is its id.</summary>
    public async Task SendAsync(ClusterClient client, string session, string id)
    {
        if ((string?)(await client.SendAsync($"<{id}>", id, "agent:main:" + session))["status"] == "started")
            _accepted[id] = session;
    }

    public async Task UntilHealthAsync(ClusterClient client, bool ok)
    {
        using var stop = new CancellationTokenSource(TestTimeouts.Wait);
        while ((bool)(await client.RequestAsync("health", []))["payload"]!["ok"]! != ok)
        {
            Assert.False(stop.IsCancellationRequested, $"Health does not become {ok}.");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    /// <summary>Every accepted message is in its session once, and answered once.</summary>
    public async Task CheckAsync(ClusterClient client)
    {
        Assert.NotEmpty(_accepted);
        foreach (var session in _accepted.GroupBy(pair => pair.Value, pair => pair.Key))
        {
            foreach (var id in session)
                Assert.Equal($"{id} ok", $"{id} {(await client.RequestAsync("agent.wait", new JsonObject { ["runId"] = id, ["timeoutMs"] = 30_000 }))["payload"]!["status"]}");
            var history = await client.HistoryAsync("agent:main:" + session.Key);
            foreach (var id in session)
            {
                var lines = history.Where(line => line.Contains($"<{id}>", StringComparison.Ordinal)).ToList();
                var once = lines.Count(static line => line.StartsWith("user: ", StringComparison.Ordinal)) == 1 && lines.Count(static line => line.StartsWith("assistant: ", StringComparison.Ordinal)) == 1;
                Assert.True(once, $"Message {id} is not there and answered once ({history.Count} lines):\n{string.Join('\n', lines)}");
            }
        }
    }
}
