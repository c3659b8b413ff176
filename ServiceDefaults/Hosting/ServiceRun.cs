using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OpenClaw.ServiceDefaults.Hosting;

/// <summary>Runs a service as a process.</summary>
public static partial class ServiceRun
{
    /// <summary>Exit code of a service that did not start because of what it was given; the log's last line says what. The same as the command line's.</summary>
    public const int StartFailed = 1;

    /// <summary>Exit code of a service that ended by a fault of its own, which is in the log.</summary>
    public const int Faulted = 70;

    /// <summary>Runs the whole of a service's process, and makes one clear line of what keeps it from starting.</summary>
    /// <param name="service">Name of the service.</param>
    /// <param name="run">Builds and runs it.</param>
    /// <returns>Its exit code, <see cref="StartFailed"/> or <see cref="Faulted"/>.</returns>
    public static async Task<int> RunProcessAsync(string service, Func<Task<int>> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var logs = LoggerFactory.Create(static logging => logging.AddSimpleConsole(static console => console.SingleLine = true));
        var logger = logs.CreateLogger("OpenClaw.ServiceDefaults.Hosting");
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (Exception failure) when (ReasonOf(failure) is { } reason)
        {
            LogNotStarted(logger, service, reason);
            return StartFailed;
        }
        catch (Exception fault)
        {
            // The edge of the process: what arrives here is a bug or a broken machine, and must not end in a core dump.
            LogFaulted(logger, service, fault);
            return Faulted;
        }
    }

    /// <summary>Runs until the process is told to stop.</summary>
    /// <param name="app">The service; disposed at the end.</param>
    /// <returns>The exit code: 0, or 1 when something could not be stopped in order, which is logged. That is no reason for a crash report.</returns>
    public static async Task<int> RunServiceAsync(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        await using (app.ConfigureAwait(false))
        {
            try
            {
                await app.StartAsync().ConfigureAwait(false);
            }
            catch
            {
                // Before the services are disposed: the host takes those that had begun for failed ones then.
                app.Services.GetService<StartFailure>()?.Happened = true;
                throw;
            }
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

    /// <summary>What a person can mend: wrong values, an address that is taken or forbidden, files that cannot be used. Null for anything else.</summary>
    private static string? ReasonOf(Exception failure) => failure switch
    {
        AggregateException { InnerExceptions: [var only] } => ReasonOf(only),
        AggregateException many when many.InnerExceptions.All(static one => ReasonOf(one) is not null) => string.Join(' ', many.InnerExceptions.Select(ReasonOf)),
        // Its values are in the text, one sentence each.
        OptionsValidationException wrong => string.Join(' ', wrong.Failures),
        InvalidOperationException or FormatException or IOException or UnauthorizedAccessException or SocketException => failure.Message.ReplaceLineEndings(" "),
        _ => null,
    };

    [LoggerMessage(7103, LogLevel.Critical, "The {Service} does not start: {Reason}")]
    private static partial void LogNotStarted(ILogger logger, string service, string reason);

    [LoggerMessage(7104, LogLevel.Critical, "The {Service} ended by a fault.")]
    private static partial void LogFaulted(ILogger logger, string service, Exception fault);

    [LoggerMessage(7102, LogLevel.Error, "The service stopped, but not in order.")]
    private static partial void LogUnclean(ILogger logger, Exception fault);
}
