using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Gateway.Core.Configuration.Reloading;

/// <summary>How often the files are looked at.</summary>
internal sealed record ConfigWatchOptions
{
    /// <summary>Between two looks at the directory.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>After this time the files are read whatever the directory says: two edits within one tick of its clock look like one.</summary>
    public TimeSpan Reread { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>
/// Follows the configuration file and the files it includes. It looks at them instead of being told: that works with editors that
/// replace the file, with links, and on network and container file systems, which send no notices. A change is read once nothing has
/// changed for the debounce time; a file that makes no sense then is given the same time again, because somebody may still be writing.
/// </summary>
internal sealed partial class ConfigWatch(ConfigStore configuration, ConfigWatchOptions options, ILogger<ConfigWatch> logger, TimeProvider time) : BackgroundService
{
    private ConfigFileStamps? _stamps;
    private IReadOnlyList<string> _included = [];
    private string? _suspect;
    private string? _failed;
    private long _changedAt;
    private long _readAt;
    private bool _changed = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Interval, time);
        _readAt = _changedAt = time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
                await LookOrTellAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    /// <summary>Whatever a file makes go wrong here, the gateway goes on with what is in force, and the next look is as good as this one.</summary>
    private async Task LookOrTellAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken).ConfigureAwait(false);
            _failed = null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            _changed = false;
            _readAt = time.GetTimestamp();
            if (_failed != e.Message)
                LogFailed(logger, e);
            _failed = e.Message;
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var stamps = ConfigFileStamps.Take(Files());
        if (!stamps.Equals(_stamps))
        {
            _stamps = stamps;
            _changedAt = time.GetTimestamp();
            _changed = true;
        }
        // The mode "off" is looked at with the file: it has to be possible to switch it off again.
        var debounce = configuration.Current.Gateway.Reload.Debounce;
        // A file that never is at rest is read all the same, later.
        var isDue = _changed
            ? time.GetElapsedTime(_changedAt) >= debounce || time.GetElapsedTime(_readAt) >= debounce + options.Reread
            : time.GetElapsedTime(_readAt) >= options.Reread;
        if (isDue)
            await ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var read = await configuration.ReadAsync(cancellationToken).ConfigureAwait(false);
        _readAt = time.GetTimestamp();
        _included = read.IncludedFiles;
        var isSound = read.Valid && (read.Exists || !configuration.Current.Exists);
        if (!isSound && _suspect != read.Hash && configuration.Problem?.Hash != read.Hash)
        {
            _suspect = read.Hash;
            _changedAt = _readAt;
            _changed = true;
            return;
        }
        _suspect = null;
        _changed = false;
        await configuration.ReloadAsync(cancellationToken).ConfigureAwait(false);
    }

    private IEnumerable<string> Files() =>
        new[] { configuration.Environment.ConfigPath }.Concat(configuration.Current.IncludedFiles).Concat(_included).Distinct(StringComparer.Ordinal);

    [LoggerMessage(1107, LogLevel.Error, "config watcher error: the configuration that is in force stays")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
