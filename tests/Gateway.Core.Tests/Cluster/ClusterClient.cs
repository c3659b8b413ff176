using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Cluster;

/// <summary>A client of one core that has everything in view that came so far.</summary>
internal sealed class ClusterClient : IAsyncDisposable
{
    public const string Session = "agent:main:shared";

    private readonly List<JsonObject> _seen = [];
    private readonly RawClient _client;
    private int _requests;

    private ClusterClient(RawClient client) => _client = client;

    public JsonObject Hello { get; private set; } = [];

    public IReadOnlyList<JsonObject> Seen => _seen;

    public static async Task<ClusterClient> ConnectAsync(GatewayTestHost core, JsonObject? parameters = null) => await ConnectAsync(await core.ConnectRawAsync(), parameters);

    public static async Task<ClusterClient> ConnectAsync(RawClient raw, JsonObject? parameters = null)
    {
        var client = new ClusterClient(raw);
        client.Hello = await client._client.HelloAsync(parameters);
        return client;
    }

    /// <summary>Sends a chat message and returns the answer: payload, or error.</summary>
    public async Task<JsonObject> SendAsync(string text, string id, string session = Session)
    {
        var answer = await RequestAsync("chat.send", new JsonObject { ["sessionKey"] = session, ["message"] = text, ["idempotencyKey"] = id });
        return (JsonObject)(answer["payload"] ?? answer["error"])!;
    }

    /// <summary>The same for a message that must be taken.</summary>
    public async Task StartAsync(string text, string id, string session = Session)
    {
        var answer = await SendAsync(text, id, session);
        Assert.True((string?)answer["status"] == "started", answer.ToJsonString());
    }

    public async Task<JsonObject> RequestAsync(string method, JsonObject parameters)
    {
        var id = await BeginAsync(method, parameters);
        return await UntilAsync(frame => (string?)frame["id"] == id);
    }

    /// <summary>Sends a request and returns its id.</summary>
    public async Task<string> BeginAsync(string method, JsonObject parameters)
    {
        var id = $"r{++_requests}";
        await _client.SendAsync(new JsonObject { ["type"] = "req", ["id"] = id, ["method"] = method, ["params"] = parameters }.ToJsonString());
        return id;
    }

    /// <summary>The end of a run: the state of its last chat event, and its text, error or reason.</summary>
    public async Task<string> EndOfAsync(string runId)
    {
        var payload = (await UntilAsync(frame => IsChat(frame, runId, "final") || IsChat(frame, runId, "aborted") || IsChat(frame, runId, "error")))["payload"]!;
        var detail = TextOf(payload["message"]) ?? (string?)payload["errorMessage"] ?? (string?)payload["stopReason"];
        return detail is null ? (string)payload["state"]! : $"{payload["state"]} {detail}";
    }

    /// <summary>Waits for a final event whose text holds this; returns the id of its run.</summary>
    public async Task<string> AnsweredAsync(string text) => (string)(await UntilAsync(frame =>
        (string?)frame["event"] == "chat" && (string?)frame["payload"]!["state"] == "final" && TextOf(frame["payload"]!["message"])?.Contains(text, StringComparison.Ordinal) == true))["payload"]!["runId"]!;

    public Task DeltaAsync(string runId) => UntilAsync(frame => IsChat(frame, runId, "delta"));

    public int FinalsOf(string runId) => _seen.Count(frame => IsChat(frame, runId, "final"));

    public async Task<IReadOnlyList<string>> HistoryAsync(string session = Session)
    {
        var answer = await RequestAsync("chat.history", new JsonObject { ["sessionKey"] = session, ["limit"] = 1000 });
        return [.. answer["payload"]!["messages"]!.AsArray().Select(message => $"{message!["role"]}: {TextOf(message)}")];
    }

    public async Task<JsonObject> UntilAsync(Func<JsonObject, bool> wanted)
    {
        if (_seen.Find(frame => wanted(frame)) is { } early)
            return early;
        return await _client.ReadUntilAsync(frame =>
        {
            _seen.Add(frame);
            return wanted(frame);
        });
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    public static bool IsChat(JsonObject frame, string runId, string state) =>
        (string?)frame["event"] == "chat" && (string?)frame["payload"]!["runId"] == runId && (string?)frame["payload"]!["state"] == state;

    public static string? TextOf(JsonNode? message) => message?["content"] is JsonArray content ? string.Concat(content.Select(block => (string?)block!["text"])) : (string?)message?["content"];
}
