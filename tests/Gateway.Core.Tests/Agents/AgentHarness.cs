using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Agents;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Agents;

/// <summary>The agent runtime as the gateway composes it, with a fake model server, a clock of the test's and transcripts in memory.</summary>
internal sealed class AgentHarness : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private int _runs;

    private AgentHarness(FakeModelServer server, Action<JsonObject>? configure, IEnumerable<IAgentTool> tools, Action<IServiceCollection>? register)
    {
        Server = server;
        Configuration = new TestConfiguration(DefaultConfig(server), Directory.Path);
        configure?.Invoke(Configuration.Root);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IAgentConfiguration>(Configuration);
        services.AddSingleton<ISessionTranscripts>(Transcripts);
        services.AddSingleton<IRunObserver>(Recorder);
        services.AddSingleton<IAgentToolSource>(new FixedTools([.. tools]));
        services.AddLogging();
        services.AddAgentRuntime();
        register?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public FakeModelServer Server { get; }

    public TempDirectory Directory { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    public TestConfiguration Configuration { get; }

    public MemoryTranscripts Transcripts { get; } = new();

    public RunRecorder Recorder { get; } = new();

    public AgentRunner Runner => _services.GetRequiredService<AgentRunner>();

    public RunRegistry Registry => _services.GetRequiredService<RunRegistry>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static async Task<AgentHarness> StartAsync(
        Action<JsonObject>? configure = null, IEnumerable<IAgentTool>? tools = null, Action<IServiceCollection>? register = null) =>
        new(await FakeModelServer.StartAsync(), configure, tools ?? [], register);

    public RunRequest Request(string message = "hello", string session = "main") => new()
    {
        RunId = $"run-{Interlocked.Increment(ref _runs)}",
        Session = new SessionAddress("main", $"agent:main:{session}", $"id-{session}"),
        Message = message,
    };

    public async Task<RunResult> RunAsync(string message = "hello", string session = "main") =>
        await RunAsync(Request(message, session));

    public async Task<RunResult> RunAsync(RunRequest request)
    {
        var submission = Runner.Submit(request);
        Assert.Equal(RunDisposition.Started, submission.Disposition);
        return await submission.Run!.Completion.WithTimeout();
    }

    /// <summary>Moves the clock each time the code under test sleeps, until the task is done.</summary>
    public async Task<T> WhileAdvancingAsync<T>(Task<T> task, TimeSpan step)
    {
        var timers = BaseTimers;
        while (!task.IsCompleted)
        {
            await TestTimeouts.Until(() => task.IsCompleted || Time.ArmedTimers > timers, "the code under test to sleep or end");
            if (!task.IsCompleted)
                Time.Advance(step);
        }
        return await task;
    }

    /// <summary>Timers that are armed while a run works and waits for nothing: its deadline.</summary>
    private static int BaseTimers => 1;

    public async ValueTask DisposeAsync()
    {
        await Runner.StopAsync(CancellationToken.None).WithTimeout();
        await _services.DisposeAsync();
        await Server.DisposeAsync();
        Directory.Dispose();
    }

    private static JsonObject DefaultConfig(FakeModelServer server) => new()
    {
        ["models"] = new JsonObject
        {
            ["providers"] = new JsonObject
            {
                ["fake"] = new JsonObject
                {
                    ["baseUrl"] = server.OpenAiBaseUrl.ToString(),
                    ["apiKey"] = "sk-fake-key-123",
                    ["api"] = "openai-completions",
                    ["models"] = new JsonArray(Model("fake-1"), Model("fake-2")),
                },
                ["fakeanth"] = new JsonObject
                {
                    ["baseUrl"] = server.Address.ToString(),
                    ["apiKey"] = "sk-ant-fake-456",
                    ["api"] = "anthropic-messages",
                    ["models"] = new JsonArray(Model("claude-fake")),
                },
            },
        },
        ["agents"] = new JsonObject
        {
            ["defaults"] = new JsonObject { ["model"] = new JsonObject { ["primary"] = "fake/fake-1" } },
        },
    };

    private static JsonObject Model(string id) => new()
    {
        ["id"] = id,
        ["name"] = id,
        ["contextWindow"] = 128_000,
        ["maxTokens"] = 4096,
        ["cost"] = new JsonObject { ["input"] = 1, ["output"] = 2, ["cacheRead"] = 0.1, ["cacheWrite"] = 0 },
    };

    private sealed class FixedTools(IReadOnlyList<IAgentTool> tools) : IAgentToolSource
    {
        public IEnumerable<IAgentTool> CreateTools(ToolContext context) => tools;
    }
}

/// <summary>A configuration the test can change.</summary>
internal sealed class TestConfiguration(JsonObject root, string directory) : IAgentConfiguration
{
    public JsonObject Root { get; set; } = root;

    public Dictionary<string, string> Variables { get; } = new() { ["PATH"] = "/usr/local/bin:/usr/bin:/bin" };

    public IReadOnlyDictionary<string, string> Environment => Variables;

    public string StateDir { get; } = Path.Combine(directory, "state");

    public string DefaultWorkspace => Path.Combine(StateDir, "workspace");

    public string HomeDir { get; } = directory;
}
