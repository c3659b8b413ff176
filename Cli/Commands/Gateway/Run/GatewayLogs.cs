using Microsoft.Extensions.Logging;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Logs;
using OpenClaw.Gateway.Core.Logs.Files;
using OpenClaw.Gateway.Core.Logs.Terminal;

namespace OpenClaw.Cli.Commands.Gateway.Run;

/// <summary>The logs of a gateway process, one set over all its restarts: the dated file and the console. Disposing flushes both.</summary>
internal sealed class GatewayLogs : IDisposable
{
    private readonly FileLogProvider _file;
    private readonly ConsoleLogProvider _console;

    public GatewayLogs(CommandContext context, ConfigSnapshot snapshot, bool verbose)
    {
        Settings = new LogSettings(snapshot.Logging, verbose);
        _file = new FileLogProvider(Settings, context.Environment, context.Time);
        var target = new ConsoleTarget(context.Out, context.Error, context.Console.IsTerminal);
        _console = new ConsoleLogProvider(Settings, target, context.Environment.Variables, context.Time);
        // The providers filter by the settings in force; a filter in front of them would only freeze the first ones.
        Factory = new LoggerFactory([_file, _console], new LoggerFilterOptions { MinLevel = LogLevel.Trace });
    }

    public LogSettings Settings { get; }

    public ILoggerFactory Factory { get; }

    /// <summary>The file that lines go to now.</summary>
    public string CurrentFile => _file.CurrentPath;

    public void Dispose()
    {
        Factory.Dispose();
        _console.Dispose();
        _file.Dispose();
    }
}
