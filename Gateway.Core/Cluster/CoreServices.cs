using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Calls;

namespace OpenClaw.Gateway.Core.Cluster;

/// <summary>Calls between the cores of a gateway.</summary>
internal static class CoreServices
{
    /// <summary>Serves a service until cancelled, from the time on when the bus is there.</summary>
    public static async Task ServeAlwaysAsync(this IBus bus, string service, CallHandler handler, CallServerOptions limits, TimeProvider time, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var server = await bus.Calls.ServeAsync(service, handler, limits, stopping).ConfigureAwait(false);
                await using (server.ConfigureAwait(false))
                    await Task.Delay(Timeout.InfiniteTimeSpan, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (BusUnavailableException away)
            {
                await Task.Delay(away.RetryAfter, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // Stopping.
            }
        }
    }
}
