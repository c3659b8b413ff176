using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Tests.Ingress.Queues;

/// <summary><c>/queue</c> as a message of its own.</summary>
public sealed class QueueCommandTests
{
    [Fact]
    public async Task Queue_SetsTheSession_ShowsIt_AndForgetsIt()
    {
        await using var host = await QueueHost.StartAsync("mode: \"steer\", debounceMs: 5, cap: 7, drop: \"old\"");

        Assert.Equal(
            "final ⚙️ Queue mode set to followup. ⚙️ Queue debounce set to 2000ms. ⚙️ Queue cap set to 3. ⚙️ Queue drop set to new.",
            await AskAsync(host, "/queue followup debounce:2s cap:3 drop:newest"));
        Assert.Equal(("followup", 2000, 3, "new"), Stored(host));
        Assert.StartsWith("final Current queue settings: mode=followup, debounce=2000ms, cap=3, drop=new.\nOptions: ", await AskAsync(host, "/queue"), StringComparison.Ordinal);
        Assert.StartsWith("final Unrecognized queue mode \"fast\".", await AskAsync(host, "/queue fast"), StringComparison.Ordinal);
        Assert.Equal("final ⚙️ Queue mode reset to default.", await AskAsync(host, "/queue default"));
        Assert.Equal((null, null, null, null), Stored(host));
        Assert.StartsWith("final Current queue settings: mode=steer, debounce=5ms, cap=7, drop=old.", await AskAsync(host, "/queue"), StringComparison.Ordinal);

        Assert.Empty(host.Model.Requests);
        Assert.Equal(5, (await host.HistoryAsync()).Count);
    }

    [Fact]
    public async Task Queue_WhileARunWorks_IsAnsweredAtOnce_AndHoldsForTheNextMessage()
    {
        await using var host = await QueueHost.StartAsync("mode: \"followup\", debounceMs: 0");
        var release = await host.BusyAsync();

        Assert.Equal("final ⚙️ Queue mode set to steer.", await AskAsync(host, "/queue steer"));
        await host.SendAsync("steered", "m2");
        Assert.Equal("final", await host.EndOfAsync("m2"));
        release.SetResult();

        Assert.Contains("] steered", await host.EndOfAsync("m1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_Repeated_IsAnsweredOnce()
    {
        await using var host = await QueueHost.StartAsync();
        await host.SendAsync("/queue steer", "c1");
        Assert.Equal("final ⚙️ Queue mode set to steer.", await host.EndOfAsync("c1"));
        Assert.Equal("ok", await RepeatAsync(host));
        Assert.Equal("ok", await host.WaitStatusAsync("c1"));

        await host.CrashAsync();

        Assert.Equal("ok", await RepeatAsync(host));
        Assert.Single(await host.HistoryAsync());
    }

    private static async Task<string?> RepeatAsync(QueueHost host) => (string?)(await host.SendAsync("/queue steer", "c1"))["status"];

    private static async Task<string> AskAsync(QueueHost host, string text)
    {
        var id = Guid.NewGuid().ToString();
        Assert.Equal("started", (string?)(await host.SendAsync(text, id))["status"]);
        return await host.EndOfAsync(id);
    }

    private static (string? Mode, int? DebounceMs, int? Cap, string? Drop) Stored(QueueHost host)
    {
        var entry = JsonNode.Parse(File.ReadAllText(Path.Combine(host.StateDirectory, "agents", "main", "sessions", "sessions.json")))![QueueHost.Session]!;
        return ((string?)entry["queueMode"], (int?)entry["queueDebounceMs"], (int?)entry["queueCap"], (string?)entry["queueDrop"]);
    }
}
