using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Tests.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Gateway.Protocol.Methods;

namespace OpenClaw.Gateway.Core.Tests.Methods;

/// <summary>
/// Every method of the protocol, called with the least it needs: it works, or says in words that clients know why it does not. The
/// table is written down from the protocol page and not from our catalog.
/// </summary>
public sealed class ServedMethodsTests(ServedMethodsHost host) : IClassFixture<ServedMethodsHost>
{
    private const string NoSession = """{"key":"agent:main:none"}""";

    /// <summary>Method, params, and the refusal; null where it works.</summary>
    public static TheoryData<string, string, string?> Methods => new()
    {
        { "connect", "{}", "INVALID_REQUEST: connect is only valid as the first request" },
        { "health", "{}", null },
        { "logs.tail", "{}", null },
        { "channels.status", "{}", null },
        { "channels.logout", """{"channel":"whatsapp"}""", "INVALID_REQUEST: invalid channels.logout channel" },
        { "status", "{}", null },
        { "usage.status", "{}", null },
        { "usage.cost", """{"days":3}""", null },
        { "tts.status", "{}", null },
        { "tts.providers", "{}", null },
        { "tts.enable", "{}", null },
        { "tts.disable", "{}", null },
        { "tts.setProvider", """{"provider":"edge"}""", null },
        { "tts.setProvider", """{"provider":"nobody"}""", "INVALID_REQUEST: Invalid provider. Use openai, elevenlabs, or edge." },
        { "tts.convert", "{}", "INVALID_REQUEST: tts.convert requires text" },
        { "tts.convert", """{"text":"hi"}""", "UNAVAILABLE: this gateway cannot speak: no speech provider is built in" },
        { "config.get", "{}", null },
        { "exec.approvals.get", "{}", null },
        { "exec.approvals.set", """{"file":{"version":1}}""", "INVALID_REQUEST: exec approvals base hash required; re-run exec.approvals.get and retry" },
        { "exec.approvals.node.get", """{"nodeId":"nobody"}""", "UNAVAILABLE: node not connected" },
        { "exec.approvals.node.set", """{"nodeId":"nobody","file":{"version":1}}""", "UNAVAILABLE: node not connected" },
        { "exec.approval.request", """{"command":"ls","timeoutMs":1}""", null },
        { "exec.approval.resolve", """{"id":"none","decision":"deny"}""", "INVALID_REQUEST: unknown approval id" },
        { "wizard.start", "{}", null },
        { "wizard.next", """{"sessionId":"none"}""", "INVALID_REQUEST: wizard not found" },
        { "wizard.cancel", """{"sessionId":"none"}""", "INVALID_REQUEST: wizard not found" },
        { "wizard.status", """{"sessionId":"none"}""", "INVALID_REQUEST: wizard not found" },
        { "talk.mode", """{"enabled":false}""", null },
        { "models.list", "{}", null },
        { "agents.list", "{}", null },
        { "agents.files.list", """{"agentId":"main"}""", null },
        { "agents.files.get", """{"agentId":"main","name":"SOUL.md"}""", null },
        { "agents.files.get", """{"agentId":"main","name":"../openclaw.json"}""", "INVALID_REQUEST: unsupported file \"../openclaw.json\"" },
        { "agents.files.set", """{"agentId":"main","name":"TOOLS.md","content":""}""", null },
        { "agents.files.set", """{"agentId":"nobody","name":"TOOLS.md","content":""}""", "INVALID_REQUEST: unknown agent id" },
        { "skills.status", "{}", null },
        { "skills.status", """{"agentId":"zz"}""", "INVALID_REQUEST: unknown agent id \"zz\"" },
        { "skills.bins", "{}", null },
        { "skills.install", """{"name":"nope","installId":"x"}""", "UNAVAILABLE: Skill not found: nope" },
        { "update.run", "{}", null },
        { "voicewake.get", "{}", null },
        { "voicewake.set", """{"triggers":[" hey "]}""", null },
        { "voicewake.set", "{}", "INVALID_REQUEST: voicewake.set requires triggers: string[]" },
        { "sessions.list", "{}", null },
        { "sessions.preview", """{"keys":["main"]}""", null },
        { "sessions.resolve", NoSession, "INVALID_REQUEST: No session found: agent:main:none" },
        { "sessions.patch", """{"key":"agent:main:patched","label":"x"}""", null },
        { "sessions.reset", """{"key":"agent:main:reset"}""", null },
        { "sessions.delete", NoSession, null },
        { "sessions.compact", NoSession, null },
        { "sessions.usage", "{}", null },
        { "sessions.usage.timeseries", NoSession, "INVALID_REQUEST: No transcript found for session: agent:main:none" },
        { "sessions.usage.logs", NoSession, null },
        { "last-heartbeat", "{}", null },
        { "set-heartbeats", """{"enabled":false}""", null },
        { "set-heartbeats", """{"enabled":true}""", "UNAVAILABLE: this gateway runs no heartbeats" },
        { "wake", """{"mode":"now","text":"look"}""", null },
        { "node.pair.request", """{"nodeId":"shelf"}""", null },
        { "node.pair.list", "{}", null },
        { "node.pair.approve", """{"requestId":"none"}""", "INVALID_REQUEST: unknown requestId" },
        { "node.pair.reject", """{"requestId":"none"}""", "INVALID_REQUEST: unknown requestId" },
        { "node.pair.verify", """{"nodeId":"none","token":"x"}""", null },
        { "device.pair.list", "{}", null },
        { "device.pair.approve", """{"requestId":"none"}""", "INVALID_REQUEST: unknown requestId" },
        { "device.pair.reject", """{"requestId":"none"}""", "INVALID_REQUEST: unknown requestId" },
        { "device.token.rotate", """{"deviceId":"none","role":"operator"}""", "INVALID_REQUEST: unknown deviceId/role" },
        { "device.token.revoke", """{"deviceId":"none","role":"operator"}""", "INVALID_REQUEST: unknown deviceId/role" },
        { "node.rename", """{"nodeId":"none","displayName":"x"}""", "INVALID_REQUEST: unknown nodeId" },
        { "node.list", "{}", null },
        { "node.describe", """{"nodeId":"none"}""", "INVALID_REQUEST: unknown nodeId" },
        { "node.invoke", """{"nodeId":"none","command":"x","idempotencyKey":"k"}""", "UNAVAILABLE: node not connected" },
        { "node.invoke.result", """{"id":"none","nodeId":"$node","ok":true}""", null },
        { "node.event", """{"event":"nothing"}""", null },
        { "system-presence", "{}", null },
        { "system-event", """{"text":"hello"}""", null },
        { "send", """{"to":"x","message":"hi","idempotencyKey":"k"}""", "INVALID_REQUEST: unsupported channel: whatsapp" },
        { "poll", """{"to":"x","question":"q","options":["a","b"],"idempotencyKey":"k","channel":"zz"}""", "INVALID_REQUEST: unsupported poll channel: zz" },
        { "message.action", """{"channel":"telegram","action":"send","params":{},"idempotencyKey":"k"}""", "INVALID_REQUEST: unsupported channel: telegram" },
        { "outbox.status", "{}", null },
        { "outbox.list", """{"state":"ambiguous","channel":"telegram","limit":5}""", null },
        { "outbox.list", """{"limit":0}""", "INVALID_REQUEST: invalid outbox.list params: at /limit: must be >= 1" },
        { "outbox.retry", """{"id":"none"}""", "INVALID_REQUEST: no message none is known" },
        { "outbox.drop", """{"id":"none"}""", "INVALID_REQUEST: no message none is known" },
        { "channels.pairing.list", "{}", null },
        { "channels.pairing.list", """{"channel":"../x"}""", "INVALID_REQUEST: invalid channels.pairing channel" },
        { "channels.pairing.approve", """{"channel":"telegram","code":"NOSUCHCO"}""", "INVALID_REQUEST: No pending pairing request found for code: NOSUCHCO" },
        { "web.login.start", "{}", "INVALID_REQUEST: web login provider is not available" },
        { "web.login.wait", "{}", "INVALID_REQUEST: web login provider is not available" },
        { "agent", """{"agentId":"main","message":"hi","idempotencyKey":"served-1"}""", null },
        { "agent.identity.get", "{}", null },
        { "agent.wait", """{"runId":"none","timeoutMs":0}""", null },
        { "browser.request", "{}", "INVALID_REQUEST: method and path are required" },
        { "browser.request", """{"method":"PUT","path":"/"}""", "INVALID_REQUEST: method must be GET, POST, or DELETE" },
        { "browser.request", """{"method":"get","path":"/"}""", "UNAVAILABLE: browser control is disabled" },
        { "chat.history", """{"sessionKey":"main"}""", null },
        { "chat.send", """{"sessionKey":"agent:main:served","message":"hi","idempotencyKey":"served-2"}""", null },
        { "chat.abort", """{"sessionKey":"agent:main:none"}""", null },
        { "chat.inject", """{"sessionKey":"agent:main:none","message":"x"}""", "INVALID_REQUEST: session not found" },
        { "config.set", """{"raw":"{}"}""", "INVALID_REQUEST: config base hash required; re-run config.get and retry" },
        { "config.apply", """{"raw":"{}","baseHash":"other"}""", "INVALID_REQUEST: config changed since last load; re-run config.get and retry" },
        { "config.patch", """{"raw":"{}"}""", "INVALID_REQUEST: config base hash required; re-run config.get and retry" },
        { "config.schema", "{}", null },
        { "agents.create", """{"name":"Served One","workspace":"~/served"}""", null },
        { "agents.create", """{"name":"main","workspace":"~/served"}""", "INVALID_REQUEST: \"main\" is reserved" },
        { "agents.update", """{"agentId":"nobody"}""", "INVALID_REQUEST: agent \"nobody\" not found" },
        { "agents.delete", """{"agentId":"main"}""", "INVALID_REQUEST: \"main\" cannot be deleted" },
        { "skills.update", """{"skillKey":"weather","enabled":false}""", null },
        // Nothing runs schedules yet.
        { "cron.list", """{"limit":50,"offset":0}""", null },
        { "cron.status", "{}", null },
        { "cron.add", "{}", "INVALID_REQUEST: invalid cron.add params: must have required property 'name'; must have required property 'schedule'; must have required property 'sessionTarget'; must have required property 'payload'" },
        { "cron.update", """{"id":"none","patch":{}}""", "UNAVAILABLE: Error: unknown cron job id: none" },
        { "cron.remove", """{"id":"none"}""", null },
        { "cron.run", "{}", "INVALID_REQUEST: invalid cron.run params: must have required property 'id'; must have required property 'jobId'; must match a schema in anyOf" },
        { "cron.runs", """{"id":"none"}""", null },
        { "cron.runs", "{}", "INVALID_REQUEST: invalid cron.runs params: must have required property 'id'; must have required property 'jobId'; must match a schema in anyOf" },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Method_WorksOrSaysWhyNot(string method, string parameters, string? refusal)
    {
        // A node of its own for each row: one that waits between the rows reads no pings, and the gateway would give it up.
        await using var node = method is "node.invoke.result" or "node.event" or "skills.bins" ? await host.ConnectNodeAsync() : null;

        var answer = await (node ?? host.Operator).RequestAsync(method, JsonNode.Parse(parameters.Replace("$node", host.NodeId, StringComparison.Ordinal))!.AsObject());

        Assert.Equal(refusal, (bool)answer["ok"]! ? null : $"{answer["error"]!["code"]}: {answer["error"]!["message"]}");
    }

    [Fact]
    public void Table_HasEveryMethodOfTheProtocol() =>
        Assert.Equal(
            MethodCatalog.All.Select(entry => entry.Name).Order(StringComparer.Ordinal),
            Methods.Select(row => (string)row[0]!).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Hello_ListsNothingThatIsUnknown()
    {
        var unknown = Methods.Where(row => ((string?)row[2])?.Contains("unknown method", StringComparison.Ordinal) == true).Select(row => (string)row[0]!);

        Assert.Empty(host.Advertised.Intersect(unknown));
    }
}

/// <summary>One gateway with an operator for all rows.</summary>
public sealed class ServedMethodsHost : IAsyncLifetime
{
    private readonly TestDevice _device = new(7);
    private GatewayTestHost? _host;

    internal RawClient Operator { get; private set; } = null!;

    public string NodeId => _device.Id;

    public IReadOnlyList<string> Advertised { get; private set; } = [];

    internal Task<RawClient> ConnectNodeAsync() => _host!.NodeAsync(_device, "system.which");

    public async Task InitializeAsync()
    {
        _host = await GatewayTestHost.StartAsync();
        Operator = await _host.ConnectRawAsync();
        var hello = await Operator.HelloAsync();
        Advertised = [.. hello["payload"]!["features"]!["methods"]!.AsArray().Select(name => (string)name!)];
        // Reading makes the file, and its presence decides what writing without a hash gets.
        await Operator.RequestAsync("exec.approvals.get");
    }

    public async Task DisposeAsync()
    {
        await Operator.DisposeAsync();
        await _host!.DisposeAsync();
        _device.Dispose();
    }
}
