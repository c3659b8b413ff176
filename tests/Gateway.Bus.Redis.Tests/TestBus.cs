using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Redis.Tests;

/// <summary>A bus on Redis, as the dependency injection makes it; one per process that takes part.</summary>
internal sealed class TestBus : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TestBus(string configuration, Action<RedisBusOptions>? configure = null, LeapingTimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(Logs));
        services.AddRedisBus(options =>
        {
            options.Configuration = configuration;
            // A busy machine takes long to connect, which is no fault here.
            options.CommandTimeout = TimeSpan.FromSeconds(5);
            configure?.Invoke(options);
        });
        if (time is not null)
        {
            services.AddSingleton(provider => new RedisBus(
                provider.GetRequiredService<IOptions<RedisBusOptions>>().Value,
                time,
                TimeProvider.System,
                () => time.OffsetMilliseconds,
                provider.GetRequiredService<BusMetrics>(),
                provider.GetRequiredService<ILoggerFactory>()));
        }
        _services = services.BuildServiceProvider();
        Bus = _services.GetRequiredService<IBus>();
    }

    public CapturedLogs Logs { get; } = new();

    public IBus Bus { get; }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync().AsTask().WithTimeout();
}
