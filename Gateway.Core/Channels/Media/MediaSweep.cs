using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Gateway.Core.Channels.Media;

/// <summary>Deletes files of channels that are old, those included that a crash left half written. Several cores may do it at once.</summary>
internal sealed partial class MediaSweep(MediaDirectories directories, TimeProvider time, ILogger<MediaSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Looks through the directories once.</summary>
    public void Sweep()
    {
        Sweep(directories.Inbound, MediaDirectories.InboundAge);
        Sweep(directories.Outbound, MediaDirectories.OutboundAge);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The start of the gateway waits for no disk.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!stoppingToken.IsCancellationRequested)
        {
            Sweep();
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Sweep(string directory, TimeSpan age)
    {
        var before = time.GetUtcNow().UtcDateTime - age;
        try
        {
            if (!Directory.Exists(directory))
                return;
            // Nothing but files, and no link is followed: deleting a link leaves what it leads to.
            foreach (var file in new DirectoryInfo(directory).EnumerateFiles().Where(file => file.LastWriteTimeUtc < before))
                file.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotSwept(logger, directory, e.Message);
        }
    }

    [LoggerMessage(8121, LogLevel.Warning, "Old files in {Directory} could not be deleted; tried again in an hour: {Reason}")]
    private static partial void LogNotSwept(ILogger logger, string directory, string reason);
}
