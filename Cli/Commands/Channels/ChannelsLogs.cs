using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Commands.Gateway.Status;
using OpenClaw.Cli.Commands.Logs;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Logs;

namespace OpenClaw.Cli.Commands.Channels;

/// <summary><c>openclaw channels logs</c>: the lines of channels in the log file of this machine.</summary>
internal static class ChannelsLogs
{
    public const int DefaultLines = 200;

    private const string Area = "gateway/channels";

    public static async Task<int> RunAsync(CommandContext context, string? channel, int lines, bool json, CancellationToken cancellation)
    {
        if (lines is < 1 or > LogTail.MaxLimit)
            return await context.FailAsync($"Error: --lines is 1 to {LogTail.MaxLimit}").ConfigureAwait(false);
        var wanted = KnownChannels.NameOf(channel);
        if (wanted.Length > 0 && wanted != KnownChannels.WhatsApp && KnownChannels.Problem(wanted) is { } problem)
            return await context.FailAsync(TerminalText.Harmless(problem)).ConfigureAwait(false);
        var snapshot = await context.LoadAsync(cancellation).ConfigureAwait(false);
        var file = GatewayLogFile.Locate(context, snapshot);
        IReadOnlyList<string> tail;
        try
        {
            tail = File.Exists(file) ? (await new LogTail(() => file).ReadAsync(null, LogTail.MaxLimit, LogTail.MaxMaxBytes, cancellation).ConfigureAwait(false)).Lines : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await context.FailAsync("Error: " + e.Message).ConfigureAwait(false);
        }
        var records = tail.Select(LogRecord.Parse).OfType<LogRecord>().Where(record => IsOf(record.Subsystem, wanted)).TakeLast(lines).ToList();
        await context.Out.WriteLineAsync(json ? Json(wanted, file, records) : Text(file, records)).ConfigureAwait(false);
        return 0;
    }

    private static bool IsOf(string? subsystem, string channel)
    {
        if (subsystem is null)
            return false;
        string[] areas = channel.Length == 0 ? [Area, KnownChannels.Telegram, KnownChannels.WhatsApp] : [$"{Area}/{channel}", channel];
        return areas.Any(area => subsystem == area || subsystem.StartsWith(area + "/", StringComparison.Ordinal)) || (channel.Length > 0 && subsystem == Area);
    }

    private static string Text(string file, List<LogRecord> records)
    {
        var text = new StringBuilder("Log file: ").Append(file);
        foreach (var record in records)
            text.Append('\n').AppendJoin(' ', new[] { record.Time, record.Level, record.Subsystem, record.Message }.Where(static part => !string.IsNullOrEmpty(part)));
        if (records.Count == 0)
            text.Append("\nNo matching log lines.");
        return TerminalText.Harmless(text.ToString());
    }

    private static string Json(string channel, string file, List<LogRecord> records) => JsonText.Indent(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["file"] = file,
        ["channel"] = channel.Length == 0 ? "all" : channel,
        ["lines"] = new JsonArray([.. records.Select(static JsonNode (record) => new JsonObject { ["time"] = record.Time, ["level"] = record.Level, ["subsystem"] = record.Subsystem, ["message"] = record.Message })]),
    }.ToJsonString()));
}
