using System.Security.Cryptography;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests.Chaos;

/// <summary>An edge, two cores and Redis as processes of their own, each of which can be killed and started again.</summary>
internal sealed class ChaosGateway : IAsyncDisposable
{
    /// <summary>The services, by the names that the figures are reported under.</summary>
    public static readonly IReadOnlyList<string> Services = ["edge", "core", "other core", "redis"];

    private const string Secret = "OPENCLAW_SERVICE_SECRET";

    private readonly TempDirectory _home = new();
    private readonly string _secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
    private readonly RedisProcess _redis;
    private readonly int _edgePort = PublishedProgram.FreePort();
    private readonly int[] _corePorts = [PublishedProgram.FreePort(), PublishedProgram.FreePort()];
    private readonly PublishedProgram _edge;
    private readonly PublishedProgram[] _cores;

    private ChaosGateway(RedisProcess redis, FakeModelServer model)
    {
        (_redis, Model) = (redis, model);
        _edge = new PublishedProgram("OpenClaw.Gateway.Edge", _home.Path);
        _cores = [new PublishedProgram("OpenClaw.Gateway.Core", _home.Path), new PublishedProgram("OpenClaw.Gateway.Core", _home.Path)];
    }

    public FakeModelServer Model { get; }

    public Uri WebSocketUri => new($"ws://127.0.0.1:{_edgePort}/");

    public Uri EdgeUri => new($"http://127.0.0.1:{_edgePort}/");

    public IEnumerable<Uri> CoreUris => _corePorts.Select(static port => new Uri($"http://127.0.0.1:{port}/"));

    public string StateDirectory => _home[".openclaw"];

    /// <summary>The programs that have to stand whatever happens to Redis.</summary>
    public bool AllStand => _edge.IsRunning && Array.TrueForAll(_cores, static core => core.IsRunning);

    public static async Task<ChaosGateway> StartAsync()
    {
        var gateway = new ChaosGateway(await RedisProcess.StartAsync(), await FakeModelServer.StartAsync());
        Directory.CreateDirectory(gateway.StateDirectory);
        // Room for all: a full queue gives up messages on purpose.
        var sections = $$"""
            messages: { queue: { mode: "followup", debounceMs: 0, cap: 100000 } },
            models: { providers: { fake: { baseUrl: "{{gateway.Model.OpenAiBaseUrl}}", apiKey: "sk-fake", api: "openai-completions", models: [{ id: "fake-1", name: "fake-1" }] } } },
            agents: { defaults: { model: { primary: "fake/fake-1" }, skipBootstrap: true } }
            """;
        await File.WriteAllTextAsync(Path.Combine(gateway.StateDirectory, "openclaw.json"), IRunningGateway.Configuration(sections, "http: { endpoints: { chatCompletions: { enabled: true } } }"));
        foreach (var service in Services.Where(static service => service != "redis"))
            await gateway.LaunchAsync(service);
        return gateway;
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync(string service) => service == "redis" ? _redis.KillAsync() : ProgramOf(service).KillAsync();

    /// <summary>SIGSTOP: it neither answers nor closes anything, until it goes on.</summary>
    public Task StopAsync(string service) => ProgramOf(service).SignalAsync("STOP");

    /// <summary>SIGCONT.</summary>
    public Task GoOnAsync(string service) => ProgramOf(service).SignalAsync("CONT");

    public Task LaunchAsync(string service) => service switch
    {
        "redis" => _redis.LaunchAsync(),
        "edge" => _edge.StartAsync(
            [],
            Variables(
                ("ASPNETCORE_URLS", EdgeUri.ToString()),
                ("services__core__http__0", $"http://127.0.0.1:{_corePorts[0]}/"),
                ("services__core__http__1", $"http://127.0.0.1:{_corePorts[1]}/")),
            "Now listening on"),
        _ => ProgramOf(service).StartAsync([], Variables(("PORT", $"{_corePorts[service == "core" ? 0 : 1]}")), "Now listening on"),
    };

    /// <summary>What all programs printed with this text in it.</summary>
    public string LinesWith(string text) => string.Join('\n', _cores.Append(_edge).Select(program => program.LinesWith(text)));

    public async ValueTask DisposeAsync()
    {
        await _edge.DisposeAsync();
        foreach (var core in _cores)
            await core.DisposeAsync();
        await _redis.DisposeAsync();
        await Model.DisposeAsync();
        _home.Dispose();
    }

    private PublishedProgram ProgramOf(string service) => service switch { "edge" => _edge, "core" => _cores[0], _ => _cores[1] };

    private Dictionary<string, string> Variables(params (string Name, string Value)[] more)
    {
        var variables = new Dictionary<string, string> { ["ConnectionStrings__redis"] = $"127.0.0.1:{_redis.Port}", [Secret] = _secret };
        foreach (var (name, value) in more)
            variables[name] = value;
        return variables;
    }
}
