using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Auditing;

/// <summary>Plants secrets and a message, uses them in every right and wrong way, and looks for them in all that the gateway wrote.</summary>
public sealed class CanaryTests : IAsyncLifetime
{
    private const string Token = "canary-shared-token-5f0c";
    private const string WrongToken = "canary-wrong-token-5f0c";
    private const string WrongPassword = "canary-wrong-password-5f0c";
    private const string ProviderKey = "sk-canary-provider-key-5f0c";
    private const string BotToken = "12345:canary-bot-token-5f0c";
    private const string MessageText = "canary message text 5f0c";

    private const string Config = $$"""
        { gateway: { mode: "local", auth: { mode: "token", token: "{{Token}}", password: "canary-unused-password-5f0c" } },
          channels: { telegram: { botToken: "{{BotToken}}", enabled: false } },
          models: { providers: { fake: { baseUrl: "http://127.0.0.1:9/", apiKey: "{{ProviderKey}}", api: "openai-completions", models: [] } } } }
        """;

    private readonly EverythingLogged _log = new();
    private readonly TestDevice _device = new(77);
    private readonly List<string> _secrets = [Token, WrongToken, WrongPassword, ProviderKey, BotToken, "canary-unused-password-5f0c"];
    private readonly List<string> _answers = [];
    private readonly List<string> _errors = [];
    private GatewayTestHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await GatewayTestHost.StartAsync(Config, services: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log)));

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _device.Dispose();
    }

    [Fact]
    public async Task SecretsAndMessages_AreNowhereTheyDoNotBelong()
    {
        await using var outsider = await _host.ConnectRawAsync();
        await outsider.HelloAsync(RawClient.ConnectParams(Token, scopes: ["operator.pairing", "operator.approvals"]));
        await using var node = await _host.ConnectRawAsync();
        await node.HelloAsync(RawClient.ConnectParams(Token, role: "node"));
        await using var reader = await _host.ConnectRawAsync();
        await reader.HelloAsync(RawClient.ConnectParams(Token, scopes: ["operator.read"]));
        // A node has to read: it answers pings by that.
        var nodeEvents = EventsAsync(node);
        await RefusalsAsync();
        await DeviceAsync();
        await AdminAsync();
        await _host.StopAsync();

        var logged = string.Join('\n', _log.Events.Select(entry => entry.Text));
        Assert.Contains(_log.Events, entry => entry.Category == "audit");
        AssertNone(logged, "the logs", [.. _secrets, MessageText]);
        AssertNone(string.Join('\n', _errors), "an error", [.. _secrets, MessageText]);
        AssertNone(string.Join('\n', _answers), "an answer", _secrets);
        AssertNone(await EventsAsync(outsider), "an event to an operator who may not read", [.. _secrets, MessageText]);
        AssertNone(await nodeEvents, "an event to a node", [.. _secrets, MessageText]);
        AssertNone(await EventsAsync(reader), "an event to a reader", _secrets);
        AssertFiles();
    }

    /// <summary>Wrong secrets, and frames that hold secrets in the wrong places.</summary>
    private async Task RefusalsAsync()
    {
        string[] connects =
        [
            RawClient.ConnectParams(WrongToken).ToJsonString(),
            With(RawClient.ConnectParams(token: null), auth => auth["auth"] = new JsonObject { ["password"] = WrongPassword }),
            With(RawClient.ConnectParams(WrongToken), auth => auth["auth"]!["deviceToken"] = WrongToken),
            With(RawClient.ConnectParams(WrongToken), auth => auth["auth"]!["bootstrapToken"] = WrongToken),
            With(RawClient.ConnectParams(WrongToken), auth => auth["client"]!["mode"] = WrongToken),
            With(RawClient.ConnectParams(WrongToken), auth => auth["role"] = WrongToken),
            With(RawClient.ConnectParams(Token), auth => auth["device"] = new JsonObject { ["id"] = "x", ["publicKey"] = Token, ["signature"] = Token, ["signedAt"] = 1, ["nonce"] = Token }),
        ];
        foreach (var parameters in connects)
        {
            await using var client = await _host.ConnectRawAsync();
            Note(await client.HelloAsync(JsonNode.Parse(parameters)!.AsObject()));
            var (_, reason, frames) = await client.ReadToCloseAsync();
            _errors.Add(reason);
            _errors.AddRange(frames.Select(frame => frame.ToJsonString()));
        }
        await using var garbage = await _host.ConnectRawAsync();
        await garbage.SendAsync("{\"token\":\"" + Token);
        _errors.Add((await garbage.ReadToCloseAsync()).Reason);
    }

    /// <summary>A device's whole life.</summary>
    private async Task DeviceAsync()
    {
        var (first, hello) = await _device.ConnectAsync(_host, token: Token, scopes: ["operator.admin", "operator.pairing"]);
        await using var phone = first;
        var token = (string)hello["payload"]!["auth"]!["deviceToken"]!;
        var answer = await phone.RequestAsync("device.pair.list");
        _secrets.Add(token);
        Note(answer);
        Note((await _device.ConnectAsync(_host, remote: true, token: WrongToken)).Answer);
        Note((await _device.ConnectAsync(_host, remote: true, token: Token, scopes: ["operator.write"])).Answer);
        var rotated = await phone.RequestAsync("device.token.rotate", new JsonObject { ["deviceId"] = _device.Id, ["role"] = "operator" });
        // The one answer that holds a token; it is looked for everywhere else.
        _secrets.Add((string)rotated["payload"]!["token"]!);
        var (second, _) = await _device.ConnectAsync(_host, token: Token, scopes: ["operator.admin"]);
        await using var again = second;
        Note(await again.RequestAsync("device.token.revoke", new JsonObject { ["deviceId"] = _device.Id, ["role"] = "operator" }));
    }

    /// <summary>What an administrator sees, and messages.</summary>
    private async Task AdminAsync()
    {
        await using var admin = await _host.ConnectRawAsync();
        await admin.HelloAsync(RawClient.ConnectParams(Token));
        foreach (var method in new[] { "config.get", "status", "health", "system-presence", "models.list", "agents.list", "device.pair.list", "logs.tail" })
            Note(await admin.RequestAsync(method, method == "config.get" || method.EndsWith("list", StringComparison.Ordinal) ? new JsonObject() : null));
        Note(await admin.RequestAsync("chat.send", new JsonObject { ["sessionKey"] = "main", ["message"] = MessageText, ["idempotencyKey"] = "run-1" }), mayHoldText: true);
        await admin.ReadUntilAsync(frame => (string?)frame["event"] == "chat" && (string?)frame["payload"]!["state"] is "final" or "error");
        Note(await admin.RequestAsync("chat.send", new JsonObject { ["sessionKey"] = "main", ["message"] = MessageText }));
        Note(await admin.RequestAsync("no.such.method", new JsonObject { ["message"] = MessageText, ["token"] = Token }));
        await using var bare = await _host.ConnectRawAsync();
        await bare.HelloAsync(RawClient.ConnectParams(Token, scopes: ["bogus"]));
        Note(await bare.RequestAsync("chat.send", new JsonObject { ["sessionKey"] = "main", ["message"] = MessageText, ["idempotencyKey"] = Token }));
        await bare.SendAsync($$$"""{"type":"req","id":"x","method":"health","params":{},"token":"{{{Token}}}"}""");
        Note(await bare.ReadUntilAsync(frame => (string?)frame["id"] == "x"));
    }

    private void Note(JsonObject answer, bool mayHoldText = false)
    {
        (answer["error"] is not null && !mayHoldText ? _errors : _answers).Add(answer.ToJsonString());
    }

    private static async Task<string> EventsAsync(RawClient client) => string.Join('\n', (await client.ReadToCloseAsync()).Frames.Select(frame => frame.ToJsonString()));

    /// <summary>Secrets are in the configuration and the device file, words of people in sessions and the queue.</summary>
    private void AssertFiles()
    {
        foreach (var path in Directory.EnumerateFiles(_host.StateDirectory, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(_host.StateDirectory, path);
            // The queue's lock is empty, and held until the host is disposed.
            if (name == Path.Combine("queue", "lock"))
                continue;
            var text = Encoding.UTF8.GetString(File.ReadAllBytes(path));
            if (name != "openclaw.json" && name != Path.Combine("devices", "paired.json"))
                AssertNone(text, name, _secrets);
            if (!name.StartsWith("agents", StringComparison.Ordinal) && !name.StartsWith("queue", StringComparison.Ordinal))
                AssertNone(text, name, [MessageText]);
        }
    }

    private static void AssertNone(string text, string where, IEnumerable<string> canaries)
    {
        foreach (var canary in canaries)
        {
            var at = text.IndexOf(canary, StringComparison.Ordinal);
            Assert.True(at < 0, at < 0 ? "" : $"{canary} is in {where}: …{text[Math.Max(0, at - 200)..Math.Min(text.Length, at + canary.Length + 50)]}…");
        }
    }

    private static string With(JsonObject parameters, Action<JsonObject> change)
    {
        change(parameters);
        return parameters.ToJsonString();
    }
}
