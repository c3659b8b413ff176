using Microsoft.Extensions.Hosting;
using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Core.Lifetime;

/// <summary>Sends <c>tick</c>: a stock client gives up a connection that brought none for two intervals.</summary>
internal sealed class TickService(Broadcaster broadcaster, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(ProtocolLimits.TickIntervalMs), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
                broadcaster.Broadcast(EventNames.Tick, new TickEvent { Ts = time.GetUtcNow().ToUnixTimeMilliseconds() }, ProtocolJson.Context.TickEvent);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }
}
