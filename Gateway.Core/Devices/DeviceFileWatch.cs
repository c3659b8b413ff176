using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Sessions.Locking;

namespace OpenClaw.Gateway.Core.Devices;

/// <summary>Looks at the device files now and then, so that a token that a command on the host revoked loses its connections soon.</summary>
internal sealed partial class DeviceFileWatch(DeviceStore store, TimeProvider time, ILogger<DeviceFileWatch> logger) : BackgroundService
{
    /// <summary>How long a change made by another program may stay unnoticed.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
                await LookAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            await store.UpdateAsync(static state => (state, true), stoppingToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or LockTimeoutException)
        {
            LogUnreadable(logger, e);
        }
    }

    [LoggerMessage(1202, LogLevel.Warning, "The device files cannot be read; the devices known so far stay known.")]
    private static partial void LogUnreadable(ILogger logger, Exception exception);
}
