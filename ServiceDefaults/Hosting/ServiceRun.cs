using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenClaw.ServiceDefaults.Hosting;

/// <summary>Runs a service as a process.</summary>
public static partial class ServiceRun
{
    /// <summary>Runs until the process is told to stop.</summary>
    /// <param name="app">The service; disposed at the end.</param>
    /// <returns>The exit code: 0, or 1 when something could not be stopped in order, which is logged. That is no reason for a crash report.</returns>
    public static async Task<int> RunServiceAsync(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        await using (app.ConfigureAwait(false))
        {
            await app.StartAsync().ConfigureAwait(false);
            try
            {
                await app.WaitForShutdownAsync().ConfigureAwait(false);
                return 0;
            }
            catch (Exception fault) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
            {
                LogUnclean(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("OpenClaw.ServiceDefaults.Hosting"), fault);
                return 1;
            }
        }
    }

    [LoggerMessage(7102, LogLevel.Error, "The service stopped, but not in order.")]
    private static partial void LogUnclean(ILogger logger, Exception fault);
}
