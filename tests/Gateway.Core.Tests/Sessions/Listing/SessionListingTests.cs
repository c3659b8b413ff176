using System.Text.Json;
using OpenClaw.Gateway.Core.Sessions.Listing;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Listing;

public sealed class SessionListingTests : IAsyncLifetime
{
    private readonly SessionsHost _host = new();

    private long Now => _host.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public async Task List_RecordedEntry_GivesTheRecordedRow()
    {
        // Entry and row as the peer stored and sent them.
        _host.WriteStore("""
            {"agent:main:main":{"sessionId":"36423e6f-d091-4793-aad1-b11558007e82","updatedAt":1795234825948,"systemSent":false,"abortedLastRun":false,
             "origin":{"provider":"webchat","surface":"webchat","chatType":"direct"},"lastChannel":"webchat","lastTo":"heartbeat",
             "skillsSnapshot":{"prompt":"p","skills":[]},"inputTokens":0,"outputTokens":0,"totalTokens":0}}
            """);

        var json = JsonSerializer.Serialize(await ListAsync(new SessionsListParams()), ProtocolJson.Context.SessionListResult);

        Assert.Equal(
            $$$"""{"ts":{{{Now}}},"path":"(multiple)","count":1,"defaults":{"modelProvider":"anthropic","model":"claude-opus-4-6","contextTokens":200000},"sessions":[{"key":"agent:main:main","kind":"direct","origin":{"provider":"webchat","surface":"webchat","chatType":"direct"},"updatedAt":1795234825948,"sessionId":"36423e6f-d091-4793-aad1-b11558007e82","systemSent":false,"abortedLastRun":false,"inputTokens":0,"outputTokens":0,"totalTokens":0,"modelProvider":"anthropic","model":"claude-opus-4-6","deliveryContext":{"channel":"webchat","to":"heartbeat"},"lastChannel":"webchat","lastTo":"heartbeat"}]}""",
            json);
    }

    [Fact]
    public async Task List_Filters_EachHideTheOthers()
    {
        await _host.StoreAsync("main", e => e.Set("sessionId", "id-main").Set("updatedAt", Now));
        await _host.StoreAsync("agent:ops:x", e => e.Set("sessionId", "id-ops").Set("updatedAt", Now - 1).Set("label", "Ops"));
        await _host.StoreAsync("subagent:s", e => e.Set("updatedAt", Now - 2).Set("spawnedBy", "main").Set("subject", "Weather"));
        await _host.StoreAsync("cron:j:run:r", e => e.Set("updatedAt", Now));
        await _host.StoreAsync("cron:j", e => e.Set("updatedAt", Now - 3_600_000));
        await _host.StoreAsync("global", e => e.Set("sessionId", "g"));
        await _host.StoreAsync("unknown", e => e.Set("sessionId", "u"));

        Assert.Equal(["agent:main:main", "agent:ops:x", "agent:main:subagent:s", "agent:main:cron:j"], await KeysAsync(new()));
        Assert.Equal(6, (await KeysAsync(new() { IncludeGlobal = true, IncludeUnknown = true })).Count);
        Assert.Equal(["agent:ops:x"], await KeysAsync(new() { AgentId = "OPS", IncludeGlobal = true }));
        Assert.Equal(["agent:ops:x"], await KeysAsync(new() { Label = "Ops" }));
        Assert.Equal(["agent:main:subagent:s"], await KeysAsync(new() { SpawnedBy = "agent:main:main" }));
        Assert.Equal(["agent:main:subagent:s"], await KeysAsync(new() { Search = " WEATHER " }));
        Assert.Equal(["agent:ops:x"], await KeysAsync(new() { Search = "id-ops" }));
        Assert.Equal(3, (await KeysAsync(new() { ActiveMinutes = 30 })).Count);
        Assert.Equal(["agent:main:main", "agent:ops:x"], await KeysAsync(new() { Limit = 2 }));
        Assert.Empty(await KeysAsync(new() { AgentId = "nobody" }));
    }

    [Theory]
    [InlineData("""{"displayName":"Given","channel":"telegram"}""", "telegram:group:-100", "Given")]
    [InlineData("""{"subject":"Family Chat!"}""", "telegram:group:-100", "telegram:g-family-chat")]
    [InlineData("""{"groupChannel":"#general","space":"Acme Corp"}""", "slack:channel:c1", "slack:acme-corp#general")]
    [InlineData("""{"groupChannel":"#general"}""", "slack:channel:c1", "slack:#general")]
    [InlineData("{}", "telegram:group:-100", "telegram:g-100")]
    [InlineData("""{"subject":"家族"}""", "telegram:group:-100", "telegram")]
    [InlineData("""{"subject":"@ann"}""", "telegram:group:-100", "telegram:@ann")]
    [InlineData("""{"label":"Mine"}""", "plain", "Mine")]
    [InlineData("""{"origin":{"label":"Ann"}}""", "plain", "Ann")]
    [InlineData("{}", "plain", null)]
    public async Task List_DisplayName_IsTheBestThatIsKnown(string entry, string key, string? expected)
    {
        _host.WriteStore($$"""{"agent:main:{{key}}":{{entry}}}""");

        Assert.Equal(expected, Assert.Single((await ListAsync(new())).Sessions).DisplayName);
    }

    [Fact]
    public async Task List_TitlesAndLastMessages_AreReadFromTheEndsOfTheFile()
    {
        await _host.StoreAsync("a", e => e.Set("sessionId", "s1").Set("updatedAt", 3));
        await _host.StoreAsync("b", e => e.Set("sessionId", "12345678-rest").Set("updatedAt", 1795234824170));
        await _host.StoreAsync("c", e => e.Set("sessionId", "s3").Set("updatedAt", 1).Set("subject", "Topic"));
        _host.WriteTranscript(
            "s1",
            """{"type":"session","version":3,"id":"s1"}""",
            """{"type":"message","id":"a","message":{"role":"user","content":[{"type":"text","text":"  "},{"type":"text","text":"[Sat 2026-11-21 05:33 GMT+1] msg 0\n[message_id: dedae2f7-9d89-4c19-a8b9-1ffc67a6b2ad]"}]}}""",
            $$$"""{"type":"message","id":"b","message":{"role":"toolResult","toolName":"x","content":"{{{new string('x', 100_000)}}}"}}""",
            """{"type":"message","id":"c","message":{"role":"assistant","content":[{"type":"thinking","thinking":"hm"},{"type":"text","text":" the answer "}]}}""",
            """{"type":"message","id":"d","message":{"role":"toolResult","content":"later"}}""");

        var rows = (await ListAsync(new() { IncludeDerivedTitles = true, IncludeLastMessage = true })).Sessions.ToDictionary(r => r.Key);

        Assert.Equal("[Sat 2026-11-21 05:33 GMT+1] msg 0 [message_id:…", rows["agent:main:a"].DerivedTitle);
        Assert.Equal("the answer", rows["agent:main:a"].LastMessagePreview);
        Assert.Equal("12345678 (2026-11-21)", rows["agent:main:b"].DerivedTitle);
        Assert.Null(rows["agent:main:b"].LastMessagePreview);
        Assert.Equal("Topic", rows["agent:main:c"].DerivedTitle);
        Assert.Null((await ListAsync(new())).Sessions[0].DerivedTitle);
    }

    [Fact]
    public async Task List_NeverUsedSession_SaysNull()
    {
        _host.WriteStore("""{"agent:main:x":{"sessionId":"s"}}""");

        var json = JsonSerializer.Serialize(await ListAsync(new()), ProtocolJson.Context.SessionListResult);

        Assert.Contains("\"updatedAt\":null", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_SharedStoreFile_HoldsAllAgents()
    {
        _host.Current = _host.Current with { StorePath = "all/sessions.json" };
        await _host.StoreAsync("main", e => e.Set("updatedAt", 2));
        await _host.StoreAsync("agent:ops:main", e => e.Set("updatedAt", 1));

        var list = await ListAsync(new());

        Assert.Equal(["agent:main:main", "agent:ops:main"], list.Sessions.Select(s => s.Key));
        Assert.Equal(Path.Combine(_host.Current.StateDirectory, "all", "sessions.json"), list.Path);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    private Task<SessionListResult> ListAsync(SessionsListParams query) => new SessionListing(_host, _host.Stores, _host.Models, _host.Time).ListAsync(query, CancellationToken.None);

    private async Task<IReadOnlyList<string>> KeysAsync(SessionsListParams query) => [.. (await ListAsync(query)).Sessions.Select(s => s.Key)];
}
