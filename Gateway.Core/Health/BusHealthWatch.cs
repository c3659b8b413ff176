using Microsoft.Extensions.Hosting;
using OpenClaw.Gateway.Bus;

namespace OpenClaw.Gateway.Core.Health;

/// <summary>Has a snapshot taken, and so all clients told, as soon as the bus fails or works again.</summary>
internal sealed class BusHealthWatch(IBus bus, HealthReporter health, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var wasHealthy = true;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                var isHealthy = bus.Health.IsHealthy;
                if (isHealthy != wasHealthy)
                    health.RequestRefresh();
                wasHealthy = isHealthy;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }
}
