using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Maps;

namespace OpenClaw.Channels.Abstractions.Settings;

/// <summary>Reads what the core tells a channel of the configuration. Without the bus the last settings stay in force.</summary>
internal sealed partial class SettingsWatch(IBus bus, string channel, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Channel<ChannelSettings> _settings = Channel.CreateBounded<ChannelSettings>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private ReadOnlyMemory<byte> _last;

    /// <summary>The newest settings, each time they are others.</summary>
    public ChannelReader<ChannelSettings> Settings => _settings.Reader;

    /// <summary>Follows them until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (BusUnavailableException)
            {
                // The health of the bus says why.
            }
            await Task.Delay(RetryDelay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await using var watch = await bus.Maps.WatchAsync(ChannelNames.SettingsMap, cancellationToken: cancellationToken).ConfigureAwait(false);
        await ReadAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var change in watch.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            // A change is a hint: what counts is what the map holds.
            if (change.Kind is MapChangeKind.Missed || change.Key == channel)
                await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (await bus.Maps.GetAsync(ChannelNames.SettingsMap, channel, cancellationToken).ConfigureAwait(false) is not { } entry || entry.Value.Span.SequenceEqual(_last.Span))
            return;
        try
        {
            if (JsonSerializer.Deserialize(entry.Value.Span, ChannelJsonContext.Default.ChannelSettings) is { } settings)
                _settings.Writer.TryWrite(settings);
            _last = entry.Value;
        }
        catch (JsonException e)
        {
            LogUnreadable(logger, e, channel);
        }
    }

    [LoggerMessage(8011, LogLevel.Error, "The settings that the core tells {Channel} cannot be read; the last ones stay in force. Are they of the same version?")]
    private static partial void LogUnreadable(ILogger logger, Exception exception, string channel);
}
