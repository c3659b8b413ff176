using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.InProcess;
using OpenClaw.Gateway.Bus.Journal;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Tests;

/// <summary>An in-process bus on a directory, as the dependency injection makes it, with the clock and the disk in the test's hands.</summary>
internal sealed class TestBus : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TestBus(string directory, TimeProvider? time = null, IJournalStorage? storage = null, Action<InProcessBusOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(Logs));
        services.AddInProcessBus(options =>
        {
            options.StateDirectory = directory;
            options.JournalSegmentBytes = 64 << 10;
            configure?.Invoke(options);
        });
        if (storage is not null)
        {
            services.AddSingleton(provider => new InProcessBus(
                provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<InProcessBusOptions>>().Value,
                storage,
                provider.GetRequiredService<TimeProvider>(),
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
