using System.Globalization;
using OpenClaw.Cli.Commands.Logs;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Logs;

namespace OpenClaw.Cli.Commands.Gateway.Status;

/// <summary>The log file as it lies on the disk, for when no gateway can be asked for it.</summary>
internal static class GatewayLogFile
{
    /// <summary>What a gateway that refuses to start says, in either implementation.</summary>
    private static readonly string[] Refusals =
    [
        "refusing to bind gateway", "gateway auth is set to", "gateway auth mode", "gateway start blocked", "failed to bind gateway socket", "gateway failed to start", "missing config",
    ];

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

    /// <summary>
    /// The newest line that reports an error: of the dated log, else of the files into which launchd puts the output. Null when there is none, or the
    /// files cannot be read.
    /// </summary>
    /// <param name="path">The dated log.</param>
    /// <param name="stateDirectory">The gateway's state directory.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static async Task<string?> LastErrorAsync(string path, string stateDirectory, CancellationToken cancellation) =>
        await LastErrorAsync(path, cancellation).ConfigureAwait(false)
        ?? await LastRefusalAsync(Path.Combine(stateDirectory, "logs", "gateway.err.log"), cancellation).ConfigureAwait(false)
        ?? await LastRefusalAsync(Path.Combine(stateDirectory, "logs", "gateway.log"), cancellation).ConfigureAwait(false);

    private static async Task<string?> LastErrorAsync(string path, CancellationToken cancellation)
    {
        foreach (var line in await TailAsync(path, cancellation).ConfigureAwait(false))
        {
            // Without a subsystem it is what the original's commands printed: they log into the same file.
            if (LogRecord.Parse(line) is { Level: "error" or "fatal", Subsystem: not null } record)
                return $"{record.Time} {record.Message.Split('\n')[0]}";
        }
        return null;
    }

    /// <summary>Why a gateway refused to start, else its last words.</summary>
    private static async Task<string?> LastRefusalAsync(string path, CancellationToken cancellation)
    {
        var lines = await TailAsync(path, cancellation).ConfigureAwait(false);
        return lines.FirstOrDefault(static line => Refusals.Any(text => line.Contains(text, StringComparison.OrdinalIgnoreCase)))?.Trim()
            ?? lines.FirstOrDefault(static line => line.Trim().Length > 0)?.Trim();
    }

    /// <summary>The last lines, newest first.</summary>
    private static async Task<IReadOnlyList<string>> TailAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var tail = await new LogTail(() => path).ReadAsync(null, LogTail.MaxLimit, LogTail.MaxMaxBytes, cancellation).ConfigureAwait(false);
            return [.. tail.Lines.Reverse()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
