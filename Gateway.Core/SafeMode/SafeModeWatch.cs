using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Cron;
using OpenClaw.Gateway.Core.Health;

namespace OpenClaw.Gateway.Core.SafeMode;

/// <summary>Ends safe mode when the gateway has stood long enough.</summary>
internal sealed partial class SafeModeWatch(SafeModeState state, CronStore jobs, HealthReporter health, TimeProvider time, ILogger<SafeModeWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!state.IsActive)
            return;
        LogHeld(logger, state.Reason!);
        await Task.Delay(state.Duration, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stoppingToken.IsCancellationRequested)
            return;
        state.End();
        LogEnded(logger, state.Duration);
        jobs.Changed.Raise();
        health.RequestRefresh();
    }

    [LoggerMessage(1118, LogLevel.Error, "Safe mode: {Reason}")]
    private static partial void LogHeld(ILogger logger, string reason);

    [LoggerMessage(1119, LogLevel.Warning, "Safe mode is over: the gateway has run for {Duration}; channels connect and jobs begin.")]
    private static partial void LogEnded(ILogger logger, TimeSpan duration);
}
