using System.Globalization;
using OpenClaw.Cli.Commands.Logs;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Logs;

namespace OpenClaw.Cli.Commands.Gateway.Status;

/// <summary>The log file as it lies on the disk, for when no gateway can be asked for it.</summary>
internal static class GatewayLogFile
{
    /// <summary>The configured file, else today's: in the usual directory, or in the state directory where that one was not safe.</summary>
    public static string Locate(CommandContext context, ConfigSnapshot snapshot)
    {
        if (snapshot.Logging.File is { } configured)
            return configured;
        var today = TimeZoneInfo.ConvertTime(context.Time.GetUtcNow(), context.Time.LocalTimeZone);
        var name = string.Create(CultureInfo.InvariantCulture, $"openclaw-{today:yyyy-MM-dd}.log");
        var usual = Path.Combine(context.Environment.LogDirectory, name);
        var own = Path.Combine(context.Environment.StateDirectory, "logs", name);
        return !File.Exists(usual) && File.Exists(own) ? own : usual;
    }

    /// <summary>The newest line that reports an error; null when there is none, or the file cannot be read.</summary>
    public static async Task<string?> LastErrorAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var tail = await new LogTail(() => path).ReadAsync(null, LogTail.MaxLimit, LogTail.MaxMaxBytes, cancellation).ConfigureAwait(false);
            for (var i = tail.Lines.Count - 1; i >= 0; i--)
            {
                // Without a subsystem it is what the original's commands printed: they log into the same file.
                if (LogRecord.Parse(tail.Lines[i]) is { Level: "error" or "fatal", Subsystem: not null } record)
                    return $"{record.Time} {record.Message.Split('\n')[0]}";
            }
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
