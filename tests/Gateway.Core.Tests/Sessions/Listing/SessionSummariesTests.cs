using OpenClaw.Gateway.Core.Sessions.Listing;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Listing;

public sealed class SessionSummariesTests : IAsyncLifetime
{
    private readonly SessionsHost _host = new();

    private long Now => _host.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public async Task Health_ManySessions_ShowsTheFiveNewest()
    {
        for (var i = 0; i < 7; i++)
            await _host.StoreAsync("k" + i, e => e.Set("updatedAt", Now - i));
        await _host.StoreAsync("global", e => e.Set("updatedAt", Now));
        await _host.StoreAsync("never", e => e.Set("sessionId", "x"));

        var health = await Summaries().HealthOfAsync("main", CancellationToken.None);

        Assert.Equal((_host.StoreFile, 8L), (health.Path, health.Count));
        Assert.Equal([("agent:main:k0", 0L), ("agent:main:k1", 1L), ("agent:main:k2", 2L), ("agent:main:k3", 3L), ("agent:main:k4", 4L)], health.Recent.Select(r => (r.Key, r.Age!.Value)));
    }

    [Fact]
    public async Task Health_NeverUsedSession_HasNoAge()
    {
        await _host.StoreAsync("never", e => e.Set("sessionId", "x"));

        var row = Assert.Single((await Summaries().HealthOfAsync("main", CancellationToken.None)).Recent);
        Assert.Null(row.UpdatedAt);
        Assert.Null(row.Age);
    }

    [Fact]
    public async Task Status_Row_SaysHowFullTheContextIs()
    {
        await _host.StoreAsync("main", e => e
            .Set("sessionId", "s").Set("updatedAt", Now - 5).Set("totalTokens", 1001).Set("contextTokens", 2000).Set("model", "m")
            .Set("thinkingLevel", "high").Set("verboseLevel", "on").Set("systemSent", true).Set("abortedLastRun", true));

        var status = await Summaries().StatusAsync(CancellationToken.None);

        Assert.Equal(
            $$$"""{"agentId":"main","key":"agent:main:main","kind":"direct","sessionId":"s","updatedAt":{{{Now - 5}}},"age":5,"thinkingLevel":"high","verboseLevel":"on","systemSent":true,"abortedLastRun":true,"totalTokens":1001,"remainingTokens":999,"percentUsed":50,"model":"m","contextTokens":2000,"flags":["think:high","verbose:on","system","aborted","id:s"]}""",
            Assert.Single(status.Recent).GetRawText());
        Assert.Equal([_host.StoreFile], status.Paths);
        Assert.Equal(1, status.Count);
        Assert.Equal(("claude-opus-4-6", 200_000L), (status.Defaults.Model, status.Defaults.ContextTokens));
        Assert.Equal("main", Assert.Single(status.ByAgent).AgentId);
    }

    [Fact]
    public async Task Status_SeveralAgents_AreShownAloneAndTogether()
    {
        for (var i = 0; i < 12; i++)
        {
            await _host.StoreAsync("m" + i, e => e.Set("updatedAt", Now - (2 * i)));
            await _host.StoreAsync("agent:ops:o" + i, e => e.Set("updatedAt", Now - (2 * i) - 1));
        }

        var status = await Summaries().StatusAsync(CancellationToken.None);

        Assert.Equal(24, status.Count);
        Assert.Equal([("main", 12L, 10), ("ops", 12L, 10)], status.ByAgent.Select(a => (a.AgentId, a.Count, a.Recent.Count)));
        Assert.Equal(["agent:main:m0", "agent:ops:o0", "agent:main:m1"], status.Recent.Take(3).Select(r => r.GetProperty("key").GetString()));
        Assert.Equal(10, status.Recent.Count);
    }

    [Fact]
    public async Task Status_MoreTokensThanContext_IsCapped()
    {
        await _host.StoreAsync("main", e => e.Set("totalTokens", 5_000_000).Set("contextTokens", 1000));

        var row = Assert.Single((await Summaries().StatusAsync(CancellationToken.None)).Recent);
        Assert.Equal((0, 999), (row.GetProperty("remainingTokens").GetInt32(), row.GetProperty("percentUsed").GetInt32()));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    private SessionSummaries Summaries() => new(_host, _host.Stores, _host.Models, _host.Time);
}
