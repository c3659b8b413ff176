using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Logs.Files;

/// <summary>
/// Logs into the dated file that <c>openclaw logs</c> shows. Logging never waits for the disk: when it cannot keep up,
/// lines are dropped and counted. Disposing flushes.
/// </summary>
public sealed class FileLogProvider : ILoggerProvider
{
    private readonly LogSettings _settings;
    private readonly TimeProvider _time;
    private readonly FileLog _file;
    private readonly LogQueue _queue;

    /// <summary>Starts logging.</summary>
    /// <param name="settings">Level and file in force.</param>
    /// <param name="environment">Log directory, with <c>logs</c> in the state directory where that is not safely ours.</param>
    /// <param name="time">Clock; its local time zone decides when a new day's file begins.</param>
    public FileLogProvider(LogSettings settings, GatewayEnvironment environment, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        var directory = LogDirectory.Choose(environment.LogDirectory, Path.Combine(environment.StateDirectory, "logs"));
        _file = new FileLog(settings, directory, Environment.MachineName, time);
        _queue = new LogQueue("openclaw-log-file", _file.Write);
    }

    /// <summary>The file a line logged now goes to.</summary>
    public string CurrentPath => _file.CurrentPath;

    /// <summary>Lines lost because the disk refused them or could not keep up.</summary>
    public long Dropped => _queue.Dropped;

    /// <summary>Why the last lines could not be written, or null.</summary>
    public string? LastError => _file.LastError;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        new QueueLogger(categoryName, (_, level) => level >= _settings.FileLevel, _queue, _time);

    /// <inheritdoc/>
    public void Dispose() => _queue.Dispose();
}
