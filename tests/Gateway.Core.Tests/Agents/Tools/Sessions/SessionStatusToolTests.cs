using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Tests.Agents.Tools.Sessions;

public sealed class SessionStatusToolTests
{
    [Fact]
    public async Task Status_OfANewSession_TellsTimeModelContextAndQueue()
    {
        await using var host = await StatusHost.StartAsync();

        var status = await host.AskAsync();

        Assert.Equal(
            """
            🦞 OpenClaw test
            🕒 Time: Saturday, November 21st, 2026 — 4:00 AM (UTC)
            🧠 Model: fake/fake-1 · 🔑 api-key sk-f…t-99 (models.json)
            📚 Context: 0/32k (0%) · 🧹 Compactions: 0
            🧵 Session: agent:main:main • updated just now
            ⚙️ Runtime: direct · Think: off
            🪢 Queue: collect (depth 0)
            """,
            status.Text);
        Assert.False(status.IsError);
        Assert.Equal((true, "agent:main:main", false, status.Text), ((bool)status.Details!["ok"]!, (string)status.Details["sessionKey"]!, (bool)status.Details["changedModel"]!, (string)status.Details["statusText"]!));
    }

    [Fact]
    public async Task Status_AfterARun_TellsItsTokensAndHowFullTheContextIs()
    {
        await using var host = await StatusHost.StartAsync();
        await host.AskAsync();

        var status = await host.AskAsync();

        Assert.Equal("🧮 Tokens: 3.0k in / 40 out", status.Line("🧮"));
        Assert.StartsWith("📚 Context: 1.5k/32k (5%)", status.Line("📚"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_IsOfferedToTheModel()
    {
        await using var host = await StatusHost.StartAsync();

        await host.RunAsync();

        var offered = host.Model.Requests[^1].Body["tools"]!.AsArray().Select(static tool => (string)tool!["function"]!["name"]!);
        Assert.Contains("session_status", offered);
    }

    [Fact]
    public async Task Status_SettingsOfTheSession_AreShown()
    {
        await using var host = await StatusHost.StartAsync(defaults: "userTimezone: \"Europe/Vienna\", timeFormat: \"24\"", seed: static state => Seed(state, "main", """
            { "agent:main:wa:group:7": { "sessionId": "0b0b0b0b-0000-4000-8000-000000000001", "updatedAt": 1, "thinkingLevel": "high", "verboseLevel": "full", "reasoningLevel": "stream",
              "groupActivation": "always", "queueMode": "steer", "queueDebounceMs": 1500, "queueCap": 3, "queueDrop": "old", "compactionCount": 2 } }
            """));

        var status = await host.AskAsync("""{"sessionKey":"wa:group:7"}""");

        Assert.Equal("🕒 Time: Saturday, November 21st, 2026 — 05:00 (Europe/Vienna)", status.Line("🕒"));
        Assert.EndsWith("🧹 Compactions: 2", status.Line("📚"), StringComparison.Ordinal);
        Assert.Equal("⚙️ Runtime: direct · Think: high · verbose:full · Reasoning: stream", status.Line("⚙️"));
        Assert.Equal("👥 Activation: always · 🪢 Queue: steer (depth 0 · debounce 1.5s · cap 3 · drop old)", status.Line("👥"));
    }

    [Fact]
    public async Task Model_OfTheSameProvider_HoldsFromTheNextTurn_AndDefaultTakesItBack()
    {
        await using var host = await StatusHost.StartAsync();

        var changed = await host.AskAsync("""{"model":"fake-2"}""");

        Assert.True((bool)changed.Details!["changedModel"]!);
        Assert.Contains("fake/fake-2", changed.Line("🧠"), StringComparison.Ordinal);
        Assert.StartsWith("📚 Context: 0/64k", changed.Line("📚"), StringComparison.Ordinal);
        Assert.Equal("fake-1", host.Model.Requests[^1].Model);
        await host.RunAsync();
        Assert.Equal("fake-2", host.Model.Requests[^1].Model);
        var back = await host.AskAsync("""{"model":"default"}""");
        Assert.True((bool)back.Details!["changedModel"]!);
        Assert.False((bool)(await host.AskAsync("""{"model":"default"}""")).Details!["changedModel"]!);
        Assert.Equal("fake-1", host.Model.Requests[^1].Model);
    }

    [Theory]
    [InlineData("nobody/x", "Unknown model: nobody/x")]
    [InlineData("locked/far", "No API key found for provider")]
    public async Task Model_ThatCannotBeCalled_IsRefusedAndNothingChanges(string model, string reason)
    {
        await using var host = await StatusHost.StartAsync();

        var refused = await host.AskAsync($$"""{"model":"{{model}}"}""");

        Assert.True(refused.IsError);
        Assert.Contains(reason, refused.Text, StringComparison.Ordinal);
        await host.RunAsync();
        Assert.Equal("fake-1", host.Model.Requests[^1].Model);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("true")]
    [InlineData("{}")]
    public async Task Model_ThatIsNoText_IsRefusedAndNothingChanges(string model)
    {
        await using var host = await StatusHost.StartAsync();

        var refused = await host.AskAsync($$"""{"model":{{model}}}""");

        Assert.True(refused.IsError);
        Assert.Contains("model: must be string", refused.Text, StringComparison.Ordinal);
        await host.RunAsync();
        Assert.Equal("fake-1", host.Model.Requests[^1].Model);
    }

    [Fact]
    public async Task Model_ThatIsNotOnTheList_IsNotAllowed()
    {
        await using var host = await StatusHost.StartAsync(defaults: "models: { \"fake/fake-1\": {} }");

        var refused = await host.AskAsync("""{"model":"anthropic/claude-x"}""");

        Assert.Contains("model not allowed: anthropic/claude-x", refused.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agent:main:nowhere", "Unknown sessionKey: agent:main:nowhere")]
    [InlineData("0c0c0c0c-0000-4000-8000-000000000001", "Unknown sessionId: 0c0c0c0c-0000-4000-8000-000000000001")]
    public async Task Session_ThatIsNotThere_IsAnError(string key, string error)
    {
        await using var host = await StatusHost.StartAsync();

        var answer = await host.AskAsync($$"""{"sessionKey":"{{key}}"}""");

        Assert.True(answer.IsError);
        Assert.Contains(error, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "agent:other:main", "tools.agentToAgent.enabled")]
    [InlineData("", "agent:other:guess", "tools.agentToAgent.enabled")]
    [InlineData("", "0b0b0b0b-0000-4000-8000-000000000002", "Unknown sessionId")]
    [InlineData("agentToAgent: { enabled: true, allow: [\"main\"] }", "agent:other:main", "tools.agentToAgent.allow")]
    public async Task Session_OfAnotherAgent_IsClosed(string tools, string key, string error)
    {
        await using var host = await StatusHost.StartAsync(tools, seed: SeedOther);

        var answer = await host.AskAsync($$"""{"sessionKey":"{{key}}"}""");

        Assert.True(answer.IsError);
        Assert.Contains(error, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agent:other:main")]
    [InlineData("0b0b0b0b-0000-4000-8000-000000000002")]
    public async Task Session_OfAnotherAgent_IsShownWhenTheConfigurationAllowsIt(string key)
    {
        await using var host = await StatusHost.StartAsync("agentToAgent: { enabled: true, allow: [\"*\"] }", seed: SeedOther);

        var answer = await host.AskAsync($$"""{"sessionKey":"{{key}}"}""");

        Assert.Equal("🧵 Session: agent:other:main • updated 2d ago", answer.Line("🧵"));
    }

    [Fact]
    public async Task Main_AskedByAnotherAgent_IsItsOwnMainSession()
    {
        await using var host = await StatusHost.StartAsync(seed: SeedOther);

        var answer = await host.AskAsync("""{"sessionKey":"main"}""", "agent:other:main");

        Assert.StartsWith("🧵 Session: agent:other:main", answer.Line("🧵"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subagent_IsNotOfferedTheTool()
    {
        await using var host = await StatusHost.StartAsync();

        await host.RunAsync("agent:main:subagent:0b0b0b0b-0000-4000-8000-000000000003");

        var offered = host.Model.Requests[^1].Body["tools"]!.AsArray().Select(static tool => (string)tool!["function"]!["name"]!);
        Assert.DoesNotContain("session_status", offered);
    }

    private static void SeedOther(string state) => Seed(state, "other", """
        { "agent:other:main": { "sessionId": "0b0b0b0b-0000-4000-8000-000000000002", "updatedAt": 1795060800000 } }
        """);

    private static void Seed(string state, string agent, string sessions)
    {
        Assert.IsType<JsonObject>(JsonNode.Parse(sessions));
        var directory = Path.Combine(state, "agents", agent, "sessions");
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "sessions.json"), sessions);
    }
}
