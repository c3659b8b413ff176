using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Methods;

/// <summary>Agents and skills, changed over the protocol.</summary>
public sealed class AgentMethodsTests : IAsyncLifetime
{
    private const string Config = """
        {
          gateway: { mode: "local", auth: { token: "tok-test" } },
          // who is who
          agents: { list: [
            { id: "main" }, // me
            { id: "ops", workspace: "~/ops" }, // them
          ] },
          bindings: [ { agentId: "ops", match: { channel: "telegram" } }, { agentId: "main", match: { channel: "whatsapp" } } ],
          tools: { agentToAgent: { allow: ["ops"] } },
        }
        """;

    private GatewayTestHost _host = null!;
    private RawClient _client = null!;

    public async Task InitializeAsync()
    {
        _host = await GatewayTestHost.StartAsync(Config);
        _client = await _host.ConnectRawAsync();
        await _client.HelloAsync();
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Create_MakesTheEntryTheWorkspaceAndThePersona()
    {
        var answer = await _client.RequestAsync("agents.create", new JsonObject { ["name"] = " Night Watch ", ["workspace"] = "~/night", ["emoji"] = "🌙", ["avatar"] = "a\nb" });

        Assert.Equal($$"""{"ok":true,"agentId":"night-watch","name":"Night Watch","workspace":"{{Home("night")}}"}""", answer["payload"]!.ToJsonString());
        Assert.Contains("// them", Text(), StringComparison.Ordinal);
        Assert.EndsWith("\n- Name: Night Watch\n- Emoji: 🌙\n- Avatar: a b\n", await File.ReadAllTextAsync(Path.Combine(Home("night"), "IDENTITY.md")), StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(_host.StateDirectory, "agents", "night-watch", "sessions")));
        Assert.Equal(["main", "ops", "night-watch"], await IdsAsync());
    }

    [Fact]
    public async Task Create_TheFirst_KeepsTheDefaultAgent()
    {
        await _host.ConfigureAsync("""{ gateway: { mode: "local", auth: { token: "tok-test" } } }""");

        await _client.RequestAsync("agents.create", new JsonObject { ["name"] = "Two", ["workspace"] = "~/two" });

        var list = (await _client.RequestAsync("agents.list"))["payload"]!;
        Assert.Equal("main", (string?)list["defaultId"]);
        Assert.Equal(["main", "two"], await IdsAsync());
    }

    [Theory]
    [InlineData("Main", "\"main\" is reserved")]
    [InlineData("OPS", "agent \"ops\" already exists")]
    public async Task Create_WhatIsThere_IsRefused(string name, string message)
    {
        var answer = await _client.RequestAsync("agents.create", new JsonObject { ["name"] = name, ["workspace"] = "~/x" });

        Assert.Equal(message, (string?)answer["error"]!["message"]);
        Assert.Equal(Config, Text());
        Assert.False(Directory.Exists(Home("x")));
    }

    [Fact]
    public async Task Update_ChangesWhatIsGivenAndNothingElse()
    {
        await _client.RequestAsync("agents.update", new JsonObject { ["agentId"] = "ops", ["name"] = "Operations", ["model"] = "acme/large" });
        Assert.Contains("{ id: \"ops\", workspace: \"~/ops\", name: \"Operations\", model: \"acme/large\" }, // them", Text(), StringComparison.Ordinal);
        var before = Text();

        var nothing = await _client.RequestAsync("agents.update", new JsonObject { ["agentId"] = "ops" });

        Assert.True((bool)nothing["ok"]!);
        Assert.Equal(before, Text());
    }

    [Fact]
    public async Task Delete_TakesBindingsAlong_AndMovesTheFilesToTheTrash()
    {
        Directory.CreateDirectory(Home("ops"));
        await File.WriteAllTextAsync(Path.Combine(Home("ops"), "SOUL.md"), "mine");

        var answer = await _client.RequestAsync("agents.delete", new JsonObject { ["agentId"] = "ops" });

        Assert.Equal("""{"ok":true,"agentId":"ops","removedBindings":1}""", answer["payload"]!.ToJsonString());
        Assert.Equal(["main"], await IdsAsync());
        Assert.DoesNotContain("ops", Text(), StringComparison.Ordinal);
        Assert.Contains("{ id: \"main\" }, // me", Text(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Home("ops")));
        Assert.Single(Directory.GetFiles(Home(".Trash"), "SOUL.md", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Delete_NeverTakesWhatOthersNeed()
    {
        await _host.ConfigureAsync(Config.Replace("~/ops", "~", StringComparison.Ordinal));

        var answer = await _client.RequestAsync("agents.delete", new JsonObject { ["agentId"] = "ops" });

        Assert.True((bool)answer["ok"]!);
        Assert.True(File.Exists(_host.ConfigPath));
        Assert.False(Directory.Exists(Home(".Trash")));
    }

    [Fact]
    public async Task Change_OfAnIncludedAgent_SaysSo()
    {
        await File.WriteAllTextAsync(Path.Combine(_host.StateDirectory, "more.json5"), "{ list: [ { id: 'far' } ] }");
        await _host.ConfigureAsync("""{ gateway: { mode: "local", auth: { token: "tok-test" } }, agents: { $include: "./more.json5" } }""");

        var answer = await _client.RequestAsync("agents.update", new JsonObject { ["agentId"] = "far", ["name"] = "x" });

        Assert.Equal("agent \"far\" is in an included file; change it there", (string?)answer["error"]!["message"]);
    }

    [Fact]
    public async Task SkillsUpdate_SetsAndRemoves_AndTellsNoSecret()
    {
        var first = await _client.RequestAsync("skills.update", new JsonObject
        {
            ["skillKey"] = "my.weather",
            ["enabled"] = false,
            ["apiKey"] = " abc ",
            ["env"] = new JsonObject { ["A"] = "b", ["C"] = " " },
        });
        var second = await _client.RequestAsync("skills.update", new JsonObject { ["skillKey"] = "my.weather", ["enabled"] = true, ["apiKey"] = "", ["env"] = new JsonObject { ["A"] = "" } });

        Assert.Equal("""{"ok":true,"skillKey":"my.weather","config":{"enabled":false,"apiKey":"__OPENCLAW_REDACTED__","env":{"A":"__OPENCLAW_REDACTED__"}}}""", first["payload"]!.ToJsonString());
        Assert.Equal("""{"ok":true,"skillKey":"my.weather","config":{"enabled":true,"env":{}}}""", second["payload"]!.ToJsonString());
        Assert.Contains("// who is who", Text(), StringComparison.Ordinal);
    }

    private async Task<string[]> IdsAsync() =>
        [.. (await _client.RequestAsync("agents.list"))["payload"]!["agents"]!.AsArray().Select(agent => (string)agent!["id"]!)];

    private string Home(string name) => Path.Combine(Path.GetDirectoryName(_host.StateDirectory)!, name);

    private string Text() => File.ReadAllText(_host.ConfigPath);
}
