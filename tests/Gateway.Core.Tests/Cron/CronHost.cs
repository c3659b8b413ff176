using System.Text.Json.Nodes;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Tests.Cluster;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Cron;

/// <summary>A gateway with a scripted model and a clock that the test moves, and a client that sees what it broadcasts.</summary>
internal sealed class CronHost : IAsyncDisposable
{
    private GatewayTestHost _gateway;
    private RawClient _client;

    private CronHost(FakeModelServer model, ManualTimeProvider clock, GatewayTestHost gateway, RawClient client) => (Model, Clock, _gateway, _client) = (model, clock, gateway, client);

    public FakeModelServer Model { get; }

    public ManualTimeProvider Clock { get; }

    public RawClient Client => _client;

    public IServiceProvider Services => _gateway.Services;

    public string StateDirectory => _gateway.StateDirectory;

    public string JobsPath => Path.Combine(StateDirectory, "cron", "jobs.json");

    public static async Task<CronHost> StartAsync(Action<string>? seed = null)
    {
        var model = await FakeModelServer.StartAsync();
        var clock = new ManualTimeProvider();
        var gateway = await GatewayTestHost.StartAsync(ClusterHost.ConfigFor(model, "debounceMs: 0"), clock, seed: seed);
        return new CronHost(model, clock, gateway, await ConnectAsync(gateway));
    }

    /// <summary>Goes on with the files as they are at this moment, as after SIGKILL, and <paramref name="away"/> later.</summary>
    public async Task CrashAsync(TimeSpan away)
    {
        using var image = new TempDirectory();
        Copy(StateDirectory, image["state"]);
        await _client.DisposeAsync();
        await _gateway.DisposeAsync();
        Clock.Advance(away);
        _gateway = await GatewayTestHost.StartAsync(ClusterHost.ConfigFor(Model, "debounceMs: 0"), Clock, seed: state => Copy(image["state"], state));
        _client = await ConnectAsync(_gateway);
    }

    public async Task<JsonObject> CallAsync(string method, string parameters)
    {
        var answer = await _client.RequestAsync(method, JsonNode.Parse(parameters)!.AsObject());
        Assert.True((bool)answer["ok"]!, answer.ToJsonString());
        return answer["payload"]!.AsObject();
    }

    public async Task<string> ErrorAsync(string method, string parameters)
    {
        var answer = await _client.RequestAsync(method, JsonNode.Parse(parameters)!.AsObject());
        return $"{answer["error"]?["code"]}: {answer["error"]?["message"]}";
    }

    /// <summary>Makes a job of its own session; returns its id.</summary>
    public async Task<string> AddTurnAsync(string schedule, string message = "look", string more = "\"delivery\":{\"mode\":\"none\"}") =>
        (string)(await CallAsync("cron.add", $$$"""{"name":"t","schedule":{{{schedule}}},"payload":{"kind":"agentTurn","message":"{{{message}}}"},{{{more}}}}"""))["id"]!;

    /// <summary>The next <c>cron</c> event of this action.</summary>
    public async Task<JsonObject> EventAsync(string action) =>
        (await _client.ReadUntilAsync(frame => (string?)frame["event"] == "cron" && (string?)frame["payload"]!["action"] == action))["payload"]!.AsObject();

    public async Task<JsonObject?> JobAsync(string id) =>
        (await CallAsync("cron.list", """{"includeDisabled":true}"""))["jobs"]!.AsArray().Select(job => job!.AsObject()).FirstOrDefault(job => (string?)job["id"] == id);

    public async Task<IReadOnlyList<JsonObject>> RunsAsync(string id) =>
        [.. (await CallAsync("cron.runs", $$$"""{"id":"{{{id}}}"}"""))["entries"]!.AsArray().Select(run => run!.AsObject())];

    /// <summary>Moves the clock a second at a time until an event of this action comes.</summary>
    public async Task<JsonObject> PassUntilAsync(string action, TimeSpan most)
    {
        var coming = EventAsync(action);
        for (var left = most; left > TimeSpan.Zero && !coming.IsCompleted; left -= TimeSpan.FromSeconds(1))
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            // The scheduler sleeps by the same clock, and wakes on threads of its own.
            await Task.WhenAny(coming, Task.Delay(2));
        }
        return await coming.WithTimeout();
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _gateway.DisposeAsync();
        await Model.DisposeAsync();
    }

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
            if (file.EndsWith("lock", StringComparison.Ordinal) || file.EndsWith(".tmp", StringComparison.Ordinal))
                continue;
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = File.Create(target);
            source.CopyTo(copy);
        }
    }
}
