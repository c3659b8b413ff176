using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Bus.InProcess;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Hosting;
using OpenClaw.Gateway.Core.Lifetime;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Support;

/// <summary>A whole gateway core on a free port, with a state directory of its own.</summary>
internal sealed class GatewayTestHost : IAsyncDisposable
{
    public const string Token = "tok-test";

    private readonly TempDirectory _home;
    private readonly bool _ownsHome;
    private WebApplication? _app;

    private GatewayTestHost(TempDirectory? sharedHome) => (_home, _ownsHome) = (sharedHome ?? new TempDirectory(), sharedHome is null);

    public string StateDirectory => _home[".openclaw"];

    public string ConfigPath => Path.Combine(StateDirectory, "openclaw.json");

    public int Port { get; private set; }

    public Uri WebSocketUri => new($"ws://127.0.0.1:{Port}/");

    public IServiceProvider Services => _app!.Services;

    public static async Task<GatewayTestHost> StartAsync(string? config = null, TimeProvider? time = null, Action<IServiceCollection>? services = null, Action<string>? seed = null) =>
        await StartAsync(new GatewayTestSetup { Config = config ?? $$"""{ gateway: { mode: "local", auth: { token: "{{Token}}" } } }""", Time = time, Services = services, Seed = seed });

    public static async Task<GatewayTestHost> StartAsync(GatewayTestSetup setup)
    {
        var host = new GatewayTestHost(setup.SharedHome);
        Directory.CreateDirectory(host.StateDirectory);
        setup.Seed?.Invoke(host.StateDirectory);
        await host.StartCoreAsync(setup);
        return host;
    }

    public Task<RawClient> ConnectRawAsync(Action<System.Net.WebSockets.ClientWebSocketOptions>? options = null) => RawClient.OpenAsync(WebSocketUri, options);

    /// <summary>Writes the configuration and puts it into force.</summary>
    public async Task ConfigureAsync(string config)
    {
        await File.WriteAllTextAsync(ConfigPath, config);
        await Services.GetRequiredService<ConfigStore>().ReloadAsync();
    }

    /// <summary>Stops as at a signal.</summary>
    public Task StopAsync() => Services.GetRequiredService<GatewayLifetime>().StopAsync(StopKind.Stop);

    /// <summary>Stops in order, as a process does at a signal: clients, work, services.</summary>
    public async Task StopHostAsync()
    {
        await StopAsync().WithTimeout();
        await _app!.StopAsync().WithTimeout();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        if (_ownsHome)
            _home.Dispose();
    }

    private async Task StartCoreAsync(GatewayTestSetup setup)
    {
        if (setup.Config is { } config)
            await File.WriteAllTextAsync(ConfigPath, config);
        var environment = GatewayEnvironment.Create(new EnvironmentInputs
        {
            Variables = setup.Variables,
            UserHomeDirectory = _home.Path,
            CurrentDirectory = _home.Path,
            TempDirectory = _home.Path,
        });
        var loader = new ConfigLoader(environment);
        var store = new ConfigStore(loader, await loader.LoadAsync(), NullLogger<ConfigStore>.Instance);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddLogging();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        if (setup.Time is { } time)
            builder.Services.AddSingleton(time);
        builder.AddGatewayCore(new GatewayCoreOptions { Environment = environment, Configuration = store, LogFile = () => _home["gateway.log"], Version = "test" });
        setup.Services?.Invoke(builder.Services);
        if (setup.Bus is { } bus)
            bus(builder.Services);
        else
            builder.Services.AddInProcessBus(options => options.StateDirectory = Path.Combine(StateDirectory, "queue"));
        _app = builder.Build();
        _app.MapGatewayCore();
        await _app.StartAsync();
        Port = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }
}

/// <summary>How a <see cref="GatewayTestHost"/> starts.</summary>
internal sealed record GatewayTestSetup
{
    /// <summary>The text of <c>openclaw.json</c>; null for none.</summary>
    public string? Config { get; init; }

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public TimeProvider? Time { get; init; }

    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>The home of a gateway of several cores, which outlives this one; null for one of its own.</summary>
    public TempDirectory? SharedHome { get; init; }

    /// <summary>Adds the bus; null for one in process of its own.</summary>
    public Action<IServiceCollection>? Bus { get; init; }

    /// <summary>Puts files into the state directory.</summary>
    public Action<string>? Seed { get; init; }
}
