using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Logs.Terminal;

/// <summary>The console as the command line hands it over.</summary>
/// <param name="Out">Standard output: info and below.</param>
/// <param name="Error">Standard error: warnings and above.</param>
/// <param name="IsTerminal">Whether a person looks at it: decides style and colours where nothing else does.</param>
public sealed record ConsoleTarget(TextWriter Out, TextWriter Error, bool IsTerminal)
{
    /// <summary>Only lines of these subsystems (and what is below them) are shown; empty shows all.</summary>
    public IReadOnlyList<string> OnlySubsystems { get; init; } = [];
}

/// <summary>Logs to the console, without ever waiting for it: lines nobody reads are dropped. Disposing flushes.</summary>
public sealed class ConsoleLogProvider : ILoggerProvider
{
    private readonly LogSettings _settings;
    private readonly ConsoleTarget _target;
    private readonly TimeProvider _time;
    private readonly bool _colored;
    private readonly LogQueue _queue;

    /// <summary>Starts logging.</summary>
    /// <param name="settings">Level and style in force.</param>
    /// <param name="target">Where to write.</param>
    /// <param name="variables">Process variables, for the colour rules.</param>
    /// <param name="time">Clock.</param>
    public ConsoleLogProvider(LogSettings settings, ConsoleTarget target, IReadOnlyDictionary<string, string> variables, TimeProvider time)
    {
        _settings = settings;
        _target = target;
        _time = time;
        _colored = ConsoleColors.Wanted(variables, target.IsTerminal);
        _queue = new LogQueue("openclaw-log-console", Write);
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new QueueLogger(categoryName, IsWanted, _queue, _time);

    /// <inheritdoc/>
    public void Dispose() => _queue.Dispose();

    private bool IsWanted(string subsystem, LogLevel level) =>
        level >= _settings.ConsoleLevel
        && (_target.OnlySubsystems.Count == 0
            || _target.OnlySubsystems.Any(only => subsystem == only || subsystem.StartsWith(only + "/", StringComparison.Ordinal)));

    private void Write(IReadOnlyList<LogEntry> entries, long dropped)
    {
        var style = _settings.Options.ConsoleStyle ?? (_target.IsTerminal ? ConsoleStyle.Pretty : ConsoleStyle.Compact);
        foreach (var entry in entries)
        {
            var writer = entry.Level >= LogLevel.Warning ? _target.Error : _target.Out;
            writer.Write(ConsoleLineFormat.Format(entry, style, _colored) + "\n");
        }
        _target.Out.Flush();
        _target.Error.Flush();
    }
}
