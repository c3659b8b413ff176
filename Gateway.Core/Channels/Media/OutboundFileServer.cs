using System.Text.Json;
using Microsoft.Extensions.Hosting;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Channels.Abstractions.Media;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Calls;

namespace OpenClaw.Gateway.Core.Channels.Media;

/// <summary>Hands files that are to be sent to channels, part by part: a channel may be another process, on another machine. Any core can.</summary>
internal sealed class OutboundFileServer(IBus bus, OutboundFiles files, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan BusPause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var server = await bus.Calls.ServeAsync(ChannelNames.MediaService, ReadAsync, cancellationToken: stoppingToken).ConfigureAwait(false);
                await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (BusUnavailableException)
            {
                // The health of the bus says so.
                await Task.Delay(BusPause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // Stopping.
            }
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CallRequest request, CancellationToken cancellationToken)
    {
        MediaPartRequest? part;
        try
        {
            part = JsonSerializer.Deserialize(request.Payload.Span, ChannelJsonContext.Default.MediaPartRequest);
        }
        catch (JsonException)
        {
            // Of another version.
            part = null;
        }
        return part is { Reference: { } reference } ? await files.ReadAsync(reference, part.Offset, MediaPartRequest.MaxPart, cancellationToken).ConfigureAwait(false) : default;
    }
}
