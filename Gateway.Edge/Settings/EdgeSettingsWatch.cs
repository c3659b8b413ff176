using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Maps;
using OpenClaw.Gateway.Protocol.Services;

namespace OpenClaw.Gateway.Edge.Settings;

/// <summary>Keeps <see cref="EdgeSettingsStore"/> at what the core says. Without the bus the last settings stay in force.</summary>
internal sealed partial class EdgeSettingsWatch(IBus bus, EdgeSettingsStore store, TimeProvider time, ILogger<EdgeSettingsWatch> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (BusUnavailableException)
            {
                // The health of the bus says why; the settings that are known go on.
            }
            await Task.Delay(RetryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await using var watch = await bus.Maps.WatchAsync(EdgeSettings.Map, cancellationToken: cancellationToken).ConfigureAwait(false);
        await ReadAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var change in watch.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            // A change is a hint: what counts is what the map holds.
            if (change.Kind is MapChangeKind.Missed || change.Key == EdgeSettings.Key)
                await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (await bus.Maps.GetAsync(EdgeSettings.Map, EdgeSettings.Key, cancellationToken).ConfigureAwait(false) is { } entry)
            Use(entry);
    }

    private void Use(MapEntry entry)
    {
        try
        {
            if (JsonSerializer.Deserialize(entry.Value.Span, ServicesJsonContext.Default.EdgeSettings) is { } settings)
                store.Use(settings);
        }
        catch (JsonException e)
        {
            LogUnreadable(logger, e);
        }
    }

    [LoggerMessage(7001, LogLevel.Error, "The settings that the core tells cannot be read; the last ones stay in force. Are edge and core of the same version?")]
    private static partial void LogUnreadable(ILogger logger, Exception exception);
}
