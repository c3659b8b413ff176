using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.InProcess;
using OpenClaw.Gateway.Bus.Redis;
using OpenClaw.Gateway.Core.Cluster;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Cluster;

/// <summary>Several cores in one process that are one gateway: one state directory, one bus, one scripted model.</summary>
internal sealed class ClusterHost : IAsyncDisposable
{
    private readonly TempDirectory _home = new();
    private readonly List<GatewayTestHost> _cores = [];
    private ServiceProvider? _sharedBus;

    private ClusterHost(FakeModelServer model, RedisServer? redis) => (Model, Redis) = (model, redis);

    public FakeModelServer Model { get; }

    /// <summary>Null when the cores share a bus in process.</summary>
    public RedisServer? Redis { get; }

    public IReadOnlyList<GatewayTestHost> Cores => _cores;

    public static async Task<ClusterHost> StartAsync(bool redis, int cores = 2, string queue = "debounceMs: 0", Action<IServiceCollection>? services = null, TimeProvider? time = null)
    {
        var cluster = new ClusterHost(await FakeModelServer.StartAsync(), redis ? await RedisServer.StartAsync() : null);
        if (!redis)
        {
            cluster._sharedBus = new ServiceCollection()
                .AddSingleton(time ?? TimeProvider.System)
                .AddInProcessBus(options => options.StateDirectory = cluster._home["bus"])
                .BuildServiceProvider();
        }
        for (var i = 0; i < cores; i++)
            await cluster.AddCoreAsync(queue, services, time);
        return cluster;
    }

    public async Task<GatewayTestHost> AddCoreAsync(string queue = "debounceMs: 0", Action<IServiceCollection>? services = null, TimeProvider? time = null)
    {
        var core = await GatewayTestHost.StartAsync(new GatewayTestSetup
        {
            Config = Config(queue),
            SharedHome = _home,
            Services = services,
            Time = time,
            Bus = services => AddBus(services),
        });
        _cores.Add(core);
        await TestTimeouts.Until(() => _cores.TrueForAll(c => Members(c) == _cores.Count - 1), "the cores to know each other");
        return core;
    }

    /// <summary>Stops a core as at a signal.</summary>
    public async Task RemoveCoreAsync(GatewayTestHost core)
    {
        _cores.Remove(core);
        await core.StopHostAsync();
        await core.DisposeAsync();
    }

    public static int Members(GatewayTestHost core) => core.Services.GetRequiredService<CoreDirectory>().Others.Count;

    public Task<ClusterClient> ConnectAsync(int core, JsonObject? parameters = null) => ClusterClient.ConnectAsync(_cores[core], parameters);

    public async ValueTask DisposeAsync()
    {
        foreach (var core in _cores.ToList())
            await RemoveCoreAsync(core);
        if (_sharedBus is not null)
            await _sharedBus.DisposeAsync();
        if (Redis is not null)
            await Redis.DisposeAsync();
        await Model.DisposeAsync();
        _home.Dispose();
    }

    private void AddBus(IServiceCollection services)
    {
        if (Redis is not null)
            services.AddRedisBus(options => options.Configuration = Redis.Configuration);
        else
            // An instance that is handed over is not disposed with its users.
            services.AddSingleton(_sharedBus!.GetRequiredService<IBus>());
    }

    private string Config(string queue) => ConfigFor(Model, queue);

    public static string ConfigFor(FakeModelServer model, string queue) => $$"""
        {
          gateway: { mode: "local", auth: { token: "{{GatewayTestHost.Token}}" } },
          messages: { queue: { {{queue}} } },
          models: { providers: { fake: { baseUrl: "{{model.OpenAiBaseUrl}}", apiKey: "sk-fake", api: "openai-completions", models: [{ id: "fake-1", name: "fake-1" }] } } },
          agents: { defaults: { model: { primary: "fake/fake-1" }, skipBootstrap: true, verboseDefault: "full" } },
          tools: { exec: { host: "gateway", security: "full", ask: "off" } },
        }
        """;
}
