using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Reloading;
using OpenClaw.Gateway.Core.Configuration.Writing;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Lifetime;
using OpenClaw.Gateway.Core.Tests.Http;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Configuration.Reloading;

/// <summary>The keys that people change most, changed by another program while clients are connected: each has its effect, and nothing restarts or is cut.</summary>
public sealed class LiveKeysTests
{
    private const string Provider = """
        { baseUrl: "http://127.0.0.1:1/v1", apiKey: "k", api: "openai-completions", models: [{ id: "m9", name: "Nine" }] }
        """;

    /// <summary>How many of them have an effect that a client sees here. Of the others it is seen that they are in force; the tests of their users show more.</summary>
    private const int Seen = 30;

    /// <summary>Key, new value, what shows it, before, after. In this order: some build on others.</summary>
    private static readonly (string Key, string Value, Func<Live, Task<string>>? Probe, string Before, string After)[] Rows =
    [
        ("agents.list", """[{ id: "main" }, { id: "beta" }, { id: "gamma" }]""", static live => live.AgentsAsync("id"), "main,beta", "main,beta,gamma"),
        ("agents.list[1].name", "\"Bea\"", static live => live.AgentsAsync("name"), ",,", ",Bea,"),
        ("agents.list[1].identity.emoji", "\"B\"", static live => live.AgentsAsync("identity"), ",,", """,{"emoji":"B"},"""),
        ("agents.list[1].identity.name", "\"Beatrix\"", static live => live.AskAsync("agent.identity.get", "name", """{"agentId":"beta"}"""), "…", "Beatrix"),
        ("agents.list[2].default", "true", static live => live.AskAsync("agents.list", "defaultId"), "main", "gamma"),
        ("agents.list[2].default", "false", static live => live.AskAsync("agents.list", "defaultId"), "gamma", "main"),
        ("ui.assistant.avatar", "\"Z\"", static live => live.AskAsync("agent.identity.get", "avatar"), "…", "Z"),
        ("ui.assistant.name", "\"Zed\"", static live => live.AskAsync("agent.identity.get", "name"), "Assistant", "Zed"),
        ("agents.defaults.model.primary", "\"mock/other\"", static live => live.AskAsync("sessions.list", "defaults.model"), "m1", "other"),
        ("agents.defaults.contextTokens", "12345", static live => live.AskAsync("sessions.list", "defaults.contextTokens"), "200000", "12345"),
        ("agents.defaults.models", """{ "mock/m1": {} }""", static live => live.ErrorAsync("sessions.patch", """{"key":"agent:main:x","model":"nobody/zzz"}"""), "", "model not allowed: nobody/zzz"),
        ("models.providers.second", Provider, static live => live.HasModelAsync("m9"), "False", "True"),
        ("models.providers.second.models[0].name", "\"Neun\"", static live => live.HasModelAsync("Neun"), "False", "True"),
        ("agents.defaults.workspace", "\"~/elsewhere\"", static live => live.AskAsync("agents.files.list", "workspace", """{"agentId":"main"}""", Path.GetFileName), "workspace", "elsewhere"),
        ("agents.list[1].workspace", "\"~/bees\"", static live => live.AskAsync("agents.files.list", "workspace", """{"agentId":"beta"}""", Path.GetFileName), "workspace-beta", "bees"),
        ("agents.defaults.heartbeat.prompt", "\"look around\"", static live => live.HeartbeatAsync("prompt"), "…", "look around"),
        ("cron.enabled", "false", static live => live.AskAsync("cron.status", "enabled"), "true", "false"),
        ("agents.defaults.heartbeat.target", "\"none\"", static live => live.HeartbeatAsync("target"), "last", "none"),
        ("agents.defaults.heartbeat.ackMaxChars", "7", static live => live.HeartbeatAsync("ackMaxChars"), "300", "7"),
        ("gateway.http.endpoints.chatCompletions.enabled", "true", static live => live.PostAsync("v1/chat/completions", "{}"), "404", "400"),
        ("gateway.http.endpoints.responses.maxBodyBytes", "10", static live => live.PostAsync("v1/responses", "{\"input\":\"" + new string('x', 100) + "\"}", known: 413), "other", "413"),
        ("gateway.http.cors.allowedOrigins", """["https://a.example"]""", static live => live.CorsAsync("https://a.example"), "", "https://a.example"),
        ("gateway.controlUi.allowedOrigins", """["https://ui.example"]""", static live => live.OriginAsync("https://ui.example"), "refused", "served"),
        ("tools.deny", """["session_status"]""", static live => live.PostAsync("tools/invoke", """{"tool":"session_status"}""", known: 404), "other", "404"),
        ("hooks", """{ enabled: true, token: "hook-1" }""", static live => live.HookAsync("hooks", "hook-1"), "404", "200"),
        ("hooks.token", "\"hook-2\"", static live => live.HookAsync("hooks", "hook-2"), "401", "200"),
        ("hooks.path", "\"/calls\"", static live => live.HookAsync("calls", "hook-2"), "404", "200"),
        ("env.vars.HOOK", "\"hook-3\"", null, "", "\"hook-3\""),
        ("hooks.token", "\"${HOOK}\"", static live => live.HookAsync("calls", "hook-3"), "401", "200"),
        ("env.vars.HOOK", "\"hook-4\"", static live => live.HookAsync("calls", "hook-4"), "401", "200"),
        ("hooks.mappings", """[{ match: { path: "ping" }, action: "wake", textTemplate: "called" }]""", static live => live.HookAsync("calls", "hook-4", "ping"), "404", "200"),
        ("hooks.enabled", "false", static live => live.HookAsync("calls", "hook-4"), "200", "404"),
        ("agents.defaults.maxConcurrent", "2", null, "4", "2"),
        ("messages.queue.mode", "\"collect\"", null, "", "\"collect\""),
        ("session.reset.mode", "\"idle\"", null, "", "\"idle\""),
        ("tools.exec.security", "\"allowlist\"", null, "", "\"allowlist\""),
        ("gateway.trustedProxies", """["10.0.0.1"]""", null, "", "[\"10.0.0.1\"]"),
        ("gateway.nodes.allowCommands", """["camera.snap"]""", null, "", "[\"camera.snap\"]"),
        ("logging.level", "\"debug\"", null, "", "\"debug\""),
        ("commands.restart", "true", null, "", "true"),
        ("cron.maxConcurrentRuns", "3", null, "", "3"),
        ("channels.telegram.botToken", "\"1:abc\"", null, "", "\"1:abc\""),
        ("session.scope", "\"global\"", static live => live.AskAsync("agents.list", "scope"), "per-sender", "global"),
    ];

    [Fact]
    public async Task EveryKey_HasItsEffect_AndTheConnectionsStay()
    {
        await using var live = await Live.StartAsync();
        var connections = live.Connections;
        Assert.Equal(2, connections.Length);
        Assert.Equal(Seen, Rows.Where(static row => row.Probe is not null).Select(static row => row.Key).Distinct().Count());
        foreach (var (key, value, probe, before, after) in Rows)
        {
            var show = probe ?? (inForce => inForce.InForceAsync(key));
            var shown = await show(live);
            Assert.True(before == shown || (before == "…" && shown != after), $"{key}, before the change: expected {before}, shown {shown}");

            await live.SetAsync(key, value);

            await TestTimeouts.Until(async () => (shown = await show(live)) == after, () => $"{key} to show {after}; it shows {shown}");
            Assert.Equal(connections, live.Connections);
            Assert.True(live.IsUp, key);
        }
    }

    /// <summary>A gateway that follows its file, with two clients on it.</summary>
    private sealed class Live : IAsyncDisposable
    {
        private readonly ApiHost _host;
        private readonly RawClient _client;
        private readonly RawClient _other;
        private readonly ConfigLoader _loader;

        private Live(ApiHost host, RawClient client, RawClient other)
        {
            (_host, _client, _other) = (host, client, other);
            _loader = new ConfigLoader(Store.Environment);
        }

        public string[] Connections => [.. Service<ConnectionRegistry>().All.Select(static connection => connection.Id).Order(StringComparer.Ordinal)];

        public bool IsUp => Service<GatewayLifetime>().Stopping is null && !Service<GatewayRestart>().IsScheduled;

        private ConfigStore Store => Service<ConfigStore>();

        public static async Task<Live> StartAsync()
        {
            var host = await ApiHost.StartAsync(
                "chatCompletions: { enabled: false }, responses: { enabled: true }", gateway: "reload: { debounceMs: 0 },",
                services: static services => services.AddSingleton(new ConfigWatchOptions { Interval = TimeSpan.FromMilliseconds(5) }));
            var clients = new[] { await host.Gateway.ConnectRawAsync(), await host.Gateway.ConnectRawAsync() };
            foreach (var client in clients)
                await client.HelloAsync();
            var live = new Live(host, clients[0], clients[1]);
            await live.SetAsync("agents.defaults.maxConcurrent", "4");
            await TestTimeouts.Until(async () => await live.InForceAsync("agents.defaults.maxConcurrent") == "4", "the first change");
            return live;
        }

        /// <summary>As <c>openclaw config set</c> does it in a process of its own.</summary>
        public async Task SetAsync(string key, string value)
        {
            Assert.True(ConfigPath.TryParse(key, out var path, out var wrong), wrong);
            Assert.Null(ConfigValue.TryParse(value, strict: true, out var node));
            var result = await new ConfigWriter(_loader, TimeProvider.System).WriteAsync(new ConfigEdit.Set(path, node));
            Assert.True(result.Succeeded, $"{key}: {result.Error}");
        }

        public async Task<string> AskAsync(string method, string path, string? parameters = null, Func<string, string>? shape = null)
        {
            JsonNode? node = (await _client.RequestAsync(method, parameters is null ? null : JsonNode.Parse(parameters)))["payload"];
            foreach (var name in path.Split('.'))
                node = node?[name];
            var text = node?.ToString() ?? "";
            return shape is null ? text : shape(text);
        }

        public async Task<string> ErrorAsync(string method, string parameters) => (string?)(await _other.RequestAsync(method, JsonNode.Parse(parameters)))["error"]?["message"] ?? "";

        public async Task<string> AgentsAsync(string field) =>
            string.Join(',', (await _client.RequestAsync("agents.list"))["payload"]!["agents"]!.AsArray().Select(agent => agent![field] is JsonObject inner ? inner.ToJsonString() : (string?)agent[field] ?? ""));

        public async Task<string> HasModelAsync(string word) => $"{(await _client.RequestAsync("models.list"))["payload"]!.ToJsonString().Contains($"\"{word}\"", StringComparison.Ordinal)}";

        public async Task<string> HeartbeatAsync(string field) =>
            (await _client.RequestAsync("health", new JsonObject { ["probe"] = true }))["payload"]!["agents"]![0]!["heartbeat"]![field]!.ToString();

        public async Task<string> PostAsync(string path, string body, int? known = null)
        {
            var status = (await _host.PostAsync(path, body)).Status;
            return known is null || status == known ? $"{status}" : "other";
        }

        public async Task<string> HookAsync(string path, string token, string name = "wake") => $"{(await _host.PostAsync($"{path}/{name}", """{"text":"x","mode":"next-heartbeat"}""", ("Authorization", "Bearer " + token))).Status}";

        public async Task<string> CorsAsync(string origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "v1/models");
            var answer = await _host.SendAsync(request, ("Origin", origin));
            return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? string.Join(',', values) : "";
        }

        public async Task<string> OriginAsync(string origin)
        {
            await using var client = await _host.Gateway.ConnectRawAsync(options => options.SetRequestHeader("Origin", origin));
            var answer = await client.HelloAsync();
            if ((bool)answer["ok"]!)
                await client.Socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, "", CancellationToken.None).WithTimeout();
            await TestTimeouts.Until(() => Connections.Length == 2, "the client to be gone");
            return (bool)answer["ok"]! ? "served" : "refused";
        }

        public Task<string> InForceAsync(string key)
        {
            Assert.True(ConfigPath.TryParse(key, out var path, out _));
            return Task.FromResult(path.TryFind(Store.Current.Config, out var value) ? value!.ToJsonString() : "");
        }

        public async ValueTask DisposeAsync()
        {
            await _client.DisposeAsync();
            await _other.DisposeAsync();
            await _host.DisposeAsync();
        }

        private T Service<T>()
            where T : notnull => _host.Gateway.Services.GetRequiredService<T>();
    }
}
