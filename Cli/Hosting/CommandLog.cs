using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Logs;
using OpenClaw.Gateway.Core.Logs.Files;

namespace OpenClaw.Cli.Hosting;

/// <summary>
/// The gateway's log file, for a command that does the gateway's work on its files: who gave rights to whom is in one log. A log that
/// cannot be written does not keep the command from its work.
/// </summary>
internal sealed class CommandLog : IDisposable
{
    private readonly FileLogProvider? _file;

    private CommandLog(FileLogProvider? file)
    {
        _file = file;
        Loggers = file is null ? NullLoggerFactory.Instance : new LoggerFactory([file], new LoggerFilterOptions { MinLevel = LogLevel.Trace });
    }

    public ILoggerFactory Loggers { get; }

    /// <summary>Opens the log of the instance.</summary>
    public static async Task<CommandLog> OpenAsync(CommandContext context, CancellationToken cancellation)
    {
        var snapshot = await new ConfigLoader(context.Environment).LoadAsync(cancellation).ConfigureAwait(false);
        try
        {
            return new CommandLog(new FileLogProvider(new LogSettings(snapshot.Logging), context.Environment, context.Time));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new CommandLog(null);
        }
    }

    public void Dispose()
    {
        Loggers.Dispose();
        _file?.Dispose();
    }
}
