using System.Text.Json.Nodes;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Ingress.Queues;

/// <summary>A gateway with a scripted model, and a client that has everything in view that came so far.</summary>
internal sealed class QueueHost : IAsyncDisposable
{
    public const string Session = "agent:main:q";

    private readonly List<JsonObject> _seen = [];
    private GatewayTestHost _gateway;
    private RawClient _client;
    private int _requests;

    private QueueHost(FakeModelServer model, GatewayTestHost gateway, RawClient client) => (Model, _gateway, _client) = (model, gateway, client);

    public FakeModelServer Model { get; }

    public string StateDirectory => _gateway.StateDirectory;

    public static async Task<QueueHost> StartAsync(string queue = "debounceMs: 0")
    {
        var model = await FakeModelServer.StartAsync();
        var gateway = await GatewayTestHost.StartAsync(Config(model, queue));
        return new QueueHost(model, gateway, await ConnectAsync(gateway));
    }

    /// <summary>Goes on with the files as they are at this moment, as after SIGKILL: nobody cleans up and nothing is finished.</summary>
    public async Task CrashAsync(string queue = "debounceMs: 0")
    {
        using var image = new TempDirectory();
        Copy(StateDirectory, image["state"]);
        await DisposeGatewayAsync();
        _gateway = await GatewayTestHost.StartAsync(Config(Model, queue), seed: state => Copy(image["state"], state));
        _client = await ConnectAsync(_gateway);
        _seen.Clear();
    }

    /// <summary>Stops as at a signal and starts again on the same files.</summary>
    public async Task RestartAsync(string queue = "debounceMs: 0")
    {
        await _gateway.StopAsync().WithTimeout();
        await CrashAsync(queue);
    }

    /// <summary>Sends a message and returns the answer's payload.</summary>
    public async Task<JsonObject> SendAsync(string text, string id) =>
        (JsonObject)(await RequestAsync("chat.send", new JsonObject { ["sessionKey"] = Session, ["message"] = text, ["idempotencyKey"] = id }))["payload"]!;

    public async Task<JsonObject> RequestAsync(string method, JsonObject parameters)
    {
        var id = $"r{++_requests}";
        await _client.SendAsync(new JsonObject { ["type"] = "req", ["id"] = id, ["method"] = method, ["params"] = parameters }.ToJsonString());
        return await UntilAsync(frame => (string?)frame["id"] == id);
    }

    /// <summary>Starts a run whose model has begun to answer; it goes on when the result is set.</summary>
    public async Task<TaskCompletionSource> BusyAsync(string id = "m1")
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Model.Enqueue(FakeReply.Script(new TextStep("busy"), new WaitStep(release.Task)));
        await SendAsync("first", id);
        await UntilAsync(frame => IsChat(frame, id, "delta"));
        return release;
    }

    /// <summary>The last chat event of a run id: its state, its text or error.</summary>
    public async Task<string> EndOfAsync(string runId)
    {
        var payload = (await UntilAsync(frame => IsChat(frame, runId, "final") || IsChat(frame, runId, "aborted") || IsChat(frame, runId, "error")))["payload"]!;
        var detail = TextOf(payload["message"]) ?? (string?)payload["errorMessage"] ?? (string?)payload["stopReason"];
        return detail is null ? (string)payload["state"]! : $"{payload["state"]} {detail}";
    }

    /// <summary>Waits for a final event with a text that ends in this; returns the id of its run.</summary>
    public async Task<string> AnsweredAsync(string text) => (string)(await UntilAsync(frame =>
        (string?)frame["event"] == "chat" && (string?)frame["payload"]!["state"] == "final" && TextOf(frame["payload"]!["message"])?.Contains(text, StringComparison.Ordinal) == true))["payload"]!["runId"]!;

    /// <summary>Waits for a run id's error event, which may come after its end; returns the text.</summary>
    public async Task<string> ErrorOfAsync(string runId) => (string)(await UntilAsync(frame => IsChat(frame, runId, "error")))["payload"]!["errorMessage"]!;

    public bool HasError(string runId) => _seen.Exists(frame => IsChat(frame, runId, "error"));

    public int FinalsOf(string runId) => _seen.Count(frame => IsChat(frame, runId, "final"));

    /// <summary>What the history shows, as <c>role: text</c>; tool calls and results by their role only.</summary>
    public async Task<IReadOnlyList<string>> HistoryAsync()
    {
        var answer = await RequestAsync("chat.history", new JsonObject { ["sessionKey"] = Session });
        return [.. answer["payload"]!["messages"]!.AsArray().Select(message => $"{message!["role"]}: {TextOf(message)}")];
    }

    public async Task<string> WaitStatusAsync(string runId, int timeoutMs = 30_000) =>
        (string)(await RequestAsync("agent.wait", new JsonObject { ["runId"] = runId, ["timeoutMs"] = timeoutMs }))["payload"]!["status"]!;

    /// <summary>What a person wrote in the model's n-th request, newest last, without what the gateway puts around it.</summary>
    public IReadOnlyList<string> AskedIn(int request) => [.. Model.Requests[request].Texts("user").Select(Bare)];

    public async ValueTask DisposeAsync()
    {
        await DisposeGatewayAsync();
        await Model.DisposeAsync();
    }

    public static string Bare(string text) => OpenClaw.Gateway.Core.Sessions.Transcripts.EnvelopeText.Strip(text).Trim();

    private async Task<JsonObject> UntilAsync(Func<JsonObject, bool> wanted)
    {
        if (_seen.Find(frame => wanted(frame)) is { } early)
            return early;
        return await _client.ReadUntilAsync(frame =>
        {
            _seen.Add(frame);
            return wanted(frame);
        });
    }

    private async Task DisposeGatewayAsync()
    {
        await _client.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    private static bool IsChat(JsonObject frame, string runId, string state) =>
        (string?)frame["event"] == "chat" && (string?)frame["payload"]!["runId"] == runId && (string?)frame["payload"]!["state"] == state;

    private static string? TextOf(JsonNode? message) => message?["content"] is JsonArray content ? string.Concat(content.Select(block => (string?)block!["text"])) : (string?)message?["content"];

    private static async Task<RawClient> ConnectAsync(GatewayTestHost gateway)
    {
        var client = await gateway.ConnectRawAsync();
        await client.HelloAsync();
        return client;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            // A lock file says that this process lives; after a crash it says that a dead one did.
            if (file.EndsWith("lock", StringComparison.Ordinal))
                continue;
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            try
            {
                using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var copy = File.Create(target);
                source.CopyTo(copy);
            }
            catch (FileNotFoundException) when (file.EndsWith(".tmp", StringComparison.Ordinal))
            {
                // It has just taken the place of what it was written for.
            }
        }
    }

    private static string Config(FakeModelServer model, string queue) => $$"""
        {
          gateway: { mode: "local", auth: { token: "{{GatewayTestHost.Token}}" } },
          messages: { queue: { {{queue}} } },
          models: { providers: { fake: { baseUrl: "{{model.OpenAiBaseUrl}}", apiKey: "sk-fake", api: "openai-completions", models: [{ id: "fake-1", name: "fake-1" }] } } },
          agents: { defaults: { model: { primary: "fake/fake-1" }, skipBootstrap: true } },
          tools: { exec: { host: "gateway", security: "full", ask: "off" } },
        }
        """;
}
