using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Methods;

/// <summary>The configuration, changed over the protocol.</summary>
public sealed class ConfigMethodsTests : IAsyncLifetime
{
    private const string Marker = "__OPENCLAW_REDACTED__";

    private const string Config = """
        // the house
        {
          gateway: { mode: "local", auth: { token: "tok-test" } }, // keep
          models: { providers: { acme: { baseUrl: "https://acme.test/v1", apiKey: "${ACME_KEY}", models: [] } } },
          agents: {
            list: [
              { id: "main", name: "Ada" }, // the first
              { id: "ops" }, // the second
            ],
          },
          env: { vars: { PLAIN: "shown-to-nobody" } },
        }
        """;

    private GatewayTestHost _host = null!;
    private RawClient _client = null!;

    public async Task InitializeAsync()
    {
        _host = await GatewayTestHost.StartAsync(new GatewayTestSetup { Config = Config, Variables = new Dictionary<string, string> { ["ACME_KEY"] = "acme-secret" } });
        _client = await _host.ConnectRawAsync();
        await _client.HelloAsync();
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Set_TheRawTextAsShown_ChangesNothing()
    {
        var shown = await GetAsync();

        var answer = await CallAsync("config.set", (string)shown["raw"]!, shown);

        Assert.True((bool)answer["ok"]!, answer.ToJsonString());
        Assert.Equal(Config, Text());
    }

    [Theory]
    [InlineData("config.set")]
    [InlineData("config.apply")]
    public async Task Set_TheFormAsShownWithOneChange_KeepsCommentsReferencesAndSecrets(string method)
    {
        var shown = await GetAsync();
        var form = shown["config"]!.DeepClone().AsObject();
        Assert.Equal(Marker, (string?)form["gateway"]!["auth"]!["token"]);
        form["agents"]!["list"]![1]!["name"] = "Operations";

        var answer = await CallAsync(method, form.ToJsonString(), shown);

        Assert.True((bool)answer["ok"]!, answer.ToJsonString());
        Assert.Equal(Config.Replace("{ id: \"ops\" }", "{ id: \"ops\", name: \"Operations\" }", StringComparison.Ordinal), WithoutStamp(Text()));
        Assert.Equal("Operations", (string?)Current()["agents"]!["list"]![1]!["name"]);
    }

    [Fact]
    public async Task Set_TheFormWithAnItemLess_RemovesThatItemOnly()
    {
        var shown = await GetAsync();
        var form = shown["config"]!.DeepClone().AsObject();
        form["agents"]!["list"]!.AsArray().RemoveAt(1);

        Assert.True((bool)(await CallAsync("config.set", form.ToJsonString(), shown))["ok"]!);

        Assert.Contains("{ id: \"main\", name: \"Ada\" }, // the first", Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("ops", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_TheValueOfAReference_KeepsTheReference()
    {
        var shown = await GetAsync();

        var answer = await CallAsync("config.patch", """{ models: { providers: { acme: { apiKey: "acme-secret", baseUrl: "https://two.test/v1" } } } }""", shown);

        Assert.True((bool)answer["ok"]!, answer.ToJsonString());
        Assert.Contains("baseUrl: \"https://two.test/v1\", apiKey: \"${ACME_KEY}\"", Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("acme-secret", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_NullRemoves_AndTheAnswerTellsThatNothingRestarts()
    {
        var answer = await CallAsync("config.patch", """{ env: null, ui: { seamColor: "#112233" } }""", await GetAsync(), ("note", "hello"), ("restartDelayMs", 5));

        var payload = answer["payload"]!;
        Assert.Equal(_host.ConfigPath, (string?)payload["path"]);
        Assert.Equal("#112233", (string?)payload["config"]!["ui"]!["seamColor"]);
        Assert.Null(payload["config"]!["env"]);
        Assert.Equal("""{"ok":true,"pid":0,"signal":"SIGUSR1","delayMs":0,"reason":"config.patch","mode":"none"}""", WithoutProcess(payload["restart"]!));
        Assert.Equal("hello", (string?)payload["sentinel"]!["payload"]!["message"]);
        Assert.Null(payload["sentinel"]!["path"]);
        Assert.DoesNotContain("PLAIN", Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.set", "{ not json", "SyntaxError: JSON5: invalid character 'j' at 1:7")]
    [InlineData("config.set", "[]", "invalid config")]
    [InlineData("config.set", """{"bogusKey": 1}""", "invalid config")]
    [InlineData("config.patch", "[]", "config.patch raw must be an object")]
    [InlineData("config.patch", """{ gateway: { port: "abc" } }""", "invalid config")]
    [InlineData("config.patch", """{ gateway: { remote: { token: "__OPENCLAW_REDACTED__" } } }""", "config write rejected: \"token\" is redacted; set an explicit value instead of __OPENCLAW_REDACTED__")]
    public async Task Change_ThatIsWrong_IsRefusedAndLeavesEveryByte(string method, string raw, string message)
    {
        var answer = await CallAsync(method, raw, await GetAsync());

        Assert.Equal("INVALID_REQUEST", (string?)answer["error"]!["code"]);
        Assert.Equal(message, (string?)answer["error"]!["message"]);
        Assert.Equal(message == "invalid config", answer["error"]!["details"]?["issues"] is JsonArray { Count: > 0 });
        Assert.Equal(Config, Text());
    }

    [Fact]
    public async Task Patch_OfAFileThatIsBroken_AsksToFixItFirst_AndSetCan()
    {
        await File.WriteAllTextAsync(_host.ConfigPath, "{ gateway: ");
        var shown = await GetAsync();

        var patch = await CallAsync("config.patch", "{ ui: {} }", shown);
        var set = await CallAsync("config.set", Config, shown);

        Assert.Equal("invalid config; fix before patching", (string?)patch["error"]!["message"]);
        Assert.True((bool)set["ok"]!, set.ToJsonString());
        Assert.Equal(Config, WithoutStamp(Text()));
    }

    [Fact]
    public async Task Set_WithTheHashOfBefore_IsRefused_AndWithoutAFileNoneIsNeeded()
    {
        var shown = await GetAsync();
        await File.AppendAllTextAsync(_host.ConfigPath, "// by hand\n");
        Assert.Equal("config changed since last load; re-run config.get and retry", (string?)(await CallAsync("config.set", "{}", shown))["error"]!["message"]);

        File.Delete(_host.ConfigPath);
        var fresh = await _client.RequestAsync("config.set", new JsonObject { ["raw"] = Config });

        Assert.True((bool)fresh["ok"]!, fresh.ToJsonString());
    }

    [Fact]
    public async Task Patch_OfAnIncludedValue_SaysWhereItIs()
    {
        await File.WriteAllTextAsync(Path.Combine(_host.StateDirectory, "ui.json5"), "{\n  seamColor: '#000000' }");
        await _host.ConfigureAsync(Config.Replace("{\n  gateway", "{\n  ui: { $include: './ui.json5' },\n  gateway", StringComparison.Ordinal));
        var shown = await GetAsync();

        var removed = await CallAsync("config.patch", "{ ui: { seamColor: null } }", shown);
        var changed = await CallAsync("config.patch", "{ ui: { seamColor: '#ffffff' } }", shown);

        Assert.Contains("ui.json5:2:14; remove it there.", (string?)removed["error"]!["message"], StringComparison.Ordinal);
        Assert.True((bool)changed["ok"]!, changed.ToJsonString());
        Assert.Contains("$include: './ui.json5'", Text(), StringComparison.Ordinal);
        Assert.Equal("#ffffff", (string?)Current()["ui"]!["seamColor"]);
    }

    [Fact]
    public async Task Schema_KnowsTheKeysAndTheirSecrets()
    {
        var payload = (await _client.RequestAsync("config.schema"))["payload"]!;

        Assert.Equal("integer", (string?)payload["schema"]!["properties"]!["gateway"]!["properties"]!["port"]!["type"]);
        Assert.Equal("Allowed Origins", (string?)payload["uiHints"]!["gateway.controlUi.allowedOrigins"]!["label"]);
        Assert.True((bool)payload["uiHints"]!["models.providers.*.apiKey"]!["sensitive"]!);
        Assert.Null(payload["uiHints"]!["agents.defaults.contextTokens"]!["sensitive"]);
    }

    private async Task<JsonObject> GetAsync() => (await _client.RequestAsync("config.get"))["payload"]!.AsObject();

    private Task<JsonObject> CallAsync(string method, string raw, JsonObject shown, params (string Name, JsonNode Value)[] more)
    {
        var parameters = new JsonObject { ["raw"] = raw, ["baseHash"] = (string?)shown["hash"] };
        foreach (var (name, value) in more)
            parameters[name] = value;
        return _client.RequestAsync(method, parameters);
    }

    private JsonObject Current() => _host.Services.GetRequiredService<ConfigStore>().Current.Config;

    private string Text() => File.ReadAllText(_host.ConfigPath);

    private static string WithoutProcess(JsonNode restart)
    {
        restart["pid"] = 0;
        return restart.ToJsonString();
    }

    /// <summary>The stamp of the last writer stands at the end.</summary>
    private static string WithoutStamp(string text)
    {
        var start = text.LastIndexOf("\n  meta: {", StringComparison.Ordinal);
        Assert.True(start > 0, text);
        return text[..start] + "\n}";
    }
}
