using OpenClaw.Gateway.Core.Sessions.Lifecycle;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Lifecycle;

public sealed class SessionResetTests : IAsyncLifetime
{
    private readonly SessionsHost _host = new();

    [Fact]
    public async Task Reset_KnownSession_KeepsSettingsAndRouteAndForgetsTheRest()
    {
        _host.WriteStore("""
            {"agent:main:main":{"sessionId":"old","updatedAt":1,"thinkingLevel":"high","verboseLevel":"on","reasoningLevel":"on","responseUsage":"full",
             "model":"m","contextTokens":5,"sendPolicy":"deny","label":"L","origin":{"provider":"webchat"},"lastChannel":"webchat","lastTo":"me",
             "skillsSnapshot":{"version":1},"elevatedLevel":"ask","execHost":"node","modelOverride":"x","inputTokens":9,"sessionFile":"f","compactionCount":3}}
            """);

        var result = (await Reset().ResetAsync("main", CancellationToken.None)).Value!;

        Assert.Equal("agent:main:main", result.Key);
        Assert.NotEqual("old", result.Entry.SessionId);
        Assert.Equal(
            [
                "sessionId", "updatedAt", "systemSent", "abortedLastRun", "thinkingLevel", "verboseLevel", "reasoningLevel", "responseUsage", "model",
                "contextTokens", "sendPolicy", "label", "origin", "lastChannel", "lastTo", "skillsSnapshot", "inputTokens", "outputTokens", "totalTokens",
            ],
            result.Entry.Fields.Select(f => f.Name));
        Assert.Equal((0L, 0L, 0L), (result.Entry.InputTokens!.Value, result.Entry.OutputTokens!.Value, result.Entry.TotalTokens!.Value));
        Assert.Equal(_host.Clock.GetUtcNow().ToUnixTimeMilliseconds(), result.Entry.UpdatedAt);
        Assert.Equal(result.Entry.SessionId, (await _host.Stores.FindAsync(_host.Key("main"), CancellationToken.None))!.SessionId);
    }

    [Fact]
    public async Task Reset_UnknownSession_CreatesIt()
    {
        var result = (await Reset().ResetAsync("brand-new", CancellationToken.None)).Value!;

        Assert.Equal("agent:main:brand-new", result.Key);
        Assert.Equal(["sessionId", "updatedAt", "systemSent", "abortedLastRun", "inputTokens", "outputTokens", "totalTokens"], result.Entry.Fields.Select(f => f.Name));
        Assert.Equal("key required", (await Reset().ResetAsync(" ", CancellationToken.None)).Error!.Message);
    }

    [Fact]
    public async Task StartOver_KnownSession_ForgetsOverridesAndKeepsWhatIsNotListed()
    {
        _host.WriteStore("""
            {"agent:main:main":{"sessionId":"old","updatedAt":1,"thinkingLevel":"high","modelOverride":"x","providerOverride":"p","queueMode":"steer","displayName":"d",
             "totalTokens":4,"memoryFlushAt":1,"sessionFile":"f","elevatedLevel":"ask","execHost":"node","label":"L","spawnedBy":"s","custom":{"x":1},"lastChannel":"webchat"}}
            """);

        var (before, after) = await Reset().StartOverAsync(_host.Key("main"), CancellationToken.None);

        Assert.Equal("old", before!.SessionId);
        Assert.Equal(
            ["sessionId", "updatedAt", "elevatedLevel", "execHost", "label", "spawnedBy", "custom", "lastChannel", "systemSent", "abortedLastRun", "compactionCount", "deliveryContext"],
            after.Fields.Select(f => f.Name));
        Assert.NotEqual("old", after.SessionId);
        Assert.Null((await Reset().StartOverAsync(_host.Key("new"), CancellationToken.None)).Before);
    }

    [Fact]
    public async Task RecordRun_SessionWasResetMeanwhile_LeavesTheNewOneAlone()
    {
        await _host.StoreAsync("main", e => e.Set("sessionId", "new").Set("totalTokens", 0));
        var transcripts = new Core.Sessions.Transcripts.SessionTranscripts(_host, _host.Stores, _host.Transcripts, _host.Time);
        var result = new Core.Agents.Runs.RunResult
        {
            Status = Core.Agents.Runs.RunStatus.Ok, EndedAtMs = 1, Provider = "p", Model = "m",
            Usage = new(30, 7, 0, 0, 37), LastCallUsage = new(20, 5, 10, 2, 37),
        };

        await transcripts.RecordRunAsync(new("main", "agent:main:main", "old"), result with { ContextWindow = 31 }, CancellationToken.None);
        Assert.Equal(["sessionId", "totalTokens"], (await FindAsync()).Fields.Select(f => f.Name));

        await transcripts.RecordRunAsync(new("main", "agent:main:main", "new"), result with { ContextWindow = 31 }, CancellationToken.None);
        var entry = await FindAsync();
        Assert.Equal((30L, 7L, 31L, 31L, "m"), (entry.InputTokens, entry.OutputTokens, entry.TotalTokens, entry.ContextTokens, entry.Model));
        Assert.False(entry.AbortedLastRun);
    }

    [Theory]
    [InlineData("2026-11-21T04:00:00Z", 4, null, "2026-11-21T04:00:00Z", true)]
    [InlineData("2026-11-21T03:59:59Z", 4, null, "2026-11-21T04:00:00Z", false)]
    [InlineData("2026-11-20T05:00:00Z", 4, null, "2026-11-21T03:59:00Z", true)]
    [InlineData("2026-11-20T03:59:00Z", 4, null, "2026-11-21T03:59:00Z", false)]
    [InlineData("2026-11-21T03:00:00Z", null, 60, "2026-11-21T04:00:00Z", true)]
    [InlineData("2026-11-21T02:59:59Z", null, 60, "2026-11-21T04:00:00Z", false)]
    [InlineData("2020-01-01T00:00:00Z", null, null, "2026-11-21T04:00:00Z", true)]
    [InlineData("2026-11-21T04:30:00Z", 4, 10, "2026-11-21T05:00:00Z", false)]
    public void IsFresh_LastUse_IsJudgedByDayAndIdleTime(string updated, int? hour, int? idle, string now, bool expected)
    {
        var time = new OpenClaw.Testing.ManualTimeProvider(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        var updatedMs = DateTimeOffset.Parse(updated, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

        Assert.Equal(expected, new SessionFreshness(hour, idle).IsFresh(updatedMs, time));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    private SessionReset Reset() => new(_host.Stores, _host.Time);

    private async Task<Core.Sessions.Store.SessionEntry> FindAsync() => (await _host.Stores.FindAsync(_host.Key("main"), CancellationToken.None))!;
}
