using System.Globalization;
using System.Text.Json;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Sessions.Listing;

namespace OpenClaw.Cli.Commands.Sessions;

/// <summary>One <c>openclaw sessions</c>.</summary>
internal sealed class SessionsRun(CommandContext context, string? active, string? store, bool json)
{
    private const int NarrowestTable = 60;

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        long? minutes = null;
        if (active is not null)
        {
            if (!int.TryParse(active, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) || parsed <= 0)
                return await context.FailAsync("--active must be a positive integer (minutes)").ConfigureAwait(false);
            minutes = parsed;
        }
        var snapshot = await context.LoadAsync(cancellation).ConfigureAwait(false);
        if (!snapshot.Valid)
            return 1;
        if (store is not null && !File.Exists(context.Environment.ExpandPath(store)))
            return await context.FailAsync($"Error: no such file: {store}").ConfigureAwait(false);
        StoredSessions stored;
        try
        {
            stored = await StoredSessions.ReadAsync(snapshot, context.Environment, context.Time, store, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await context.FailAsync("Error: " + e.Message).ConfigureAwait(false);
        }
        foreach (var file in stored.Unreadable)
            await context.Error.WriteLineAsync($"Warning: {context.Environment.Display(file.Path)} cannot be read: {file.Reason}").ConfigureAwait(false);
        var now = context.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var rows = stored.Sessions.Where(row => minutes is null || (row.UpdatedAt ?? 0) >= now - (minutes * 60_000)).ToList();
        await context.Out.WriteLineAsync(json ? ToJson(stored, rows, minutes, now, snapshot) : Describe(stored, rows, minutes, snapshot)).ConfigureAwait(false);
        return 0;
    }

    private string Describe(StoredSessions stored, List<StoredSession> rows, long? minutes, ConfigSnapshot snapshot)
    {
        var lines = new List<string> { "Session store: " + stored.StorePath, string.Create(CultureInfo.InvariantCulture, $"Sessions listed: {rows.Count}") };
        if (minutes is not null)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"Filtered to last {minutes} minute(s)"));
        if (rows.Count == 0)
            return string.Join('\n', [.. lines, "No sessions found."]);
        var table = new TextTable(Math.Max(NarrowestTable, context.Console.Width() - 1), "Kind", "Key", "Age", "Model", "Tokens", "Flags") { FirstToYield = 1 };
        foreach (var row in rows)
        {
            table.Add(
                row.Kind,
                TerminalText.HarmlessLine(row.Key),
                row.UpdatedAt is { } updated ? Age.Ago(updated, context.Time.GetUtcNow()) : "unknown",
                TerminalText.HarmlessLine(ModelOf(row, snapshot)),
                TokensOf(row),
                TerminalText.HarmlessLine(FlagsOf(row)));
        }
        return string.Join('\n', lines) + "\n" + table.ToString().TrimEnd('\n');
    }

    private static string TokensOf(StoredSession row)
    {
        var used = row.TotalTokens ?? ((row.InputTokens ?? 0) + (row.OutputTokens ?? 0));
        return row.ContextTokens is > 0 and var window
            ? string.Create(CultureInfo.InvariantCulture, $"{used / 1000.0:0.0}k/{window / 1000}k ({Math.Round(100.0 * used / window)}%)")
            : string.Create(CultureInfo.InvariantCulture, $"{used / 1000.0:0.0}k");
    }

    private static string FlagsOf(StoredSession row) => string.Join(' ', new[]
    {
        row.ThinkingLevel is { } thinking ? "think:" + thinking : null,
        row.VerboseLevel is { } verbose ? "verbose:" + verbose : null,
        row.ReasoningLevel is { } reasoning ? "reasoning:" + reasoning : null,
        row.ElevatedLevel is { } elevated ? "elev:" + elevated : null,
        row.ResponseUsage is { } usage ? "usage:" + usage : null,
        row.GroupActivation is { } activation ? "activation:" + activation : null,
        row.SystemSent == true ? "system" : null,
        row.AbortedLastRun == true ? "aborted" : null,
        row.SessionId is { } id ? "id:" + id : null,
    }.OfType<string>());

    /// <summary>The session's model, or the configured one, without its provider.</summary>
    private static string ModelOf(StoredSession row, ConfigSnapshot snapshot) =>
        row.Model ?? snapshot.Root.Section("agents").Section("defaults").Section("model").Text("primary")?.Split('/', 2)[^1] ?? "unknown";

    private static string ToJson(StoredSessions stored, List<StoredSession> rows, long? minutes, long now, ConfigSnapshot snapshot) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("path", stored.StorePath);
        writer.WriteNumber("count", rows.Count);
        if (minutes is { } number)
            writer.WriteNumber("activeMinutes", number);
        else
            writer.WriteNull("activeMinutes");
        writer.WriteStartArray("sessions");
        foreach (var row in rows)
            Write(writer, row, now, ModelOf(row, snapshot));
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, StoredSession row, long now, string model)
    {
        writer.WriteStartObject();
        writer.WriteString("key", row.Key);
        writer.WriteString("kind", row.Kind);
        Number("updatedAt", row.UpdatedAt);
        Number("ageMs", row.UpdatedAt is { } updated ? now - updated : null);
        Text("sessionId", row.SessionId);
        Flag("systemSent", row.SystemSent);
        Flag("abortedLastRun", row.AbortedLastRun);
        Text("thinkingLevel", row.ThinkingLevel);
        Text("verboseLevel", row.VerboseLevel);
        Text("reasoningLevel", row.ReasoningLevel);
        Text("elevatedLevel", row.ElevatedLevel);
        Text("responseUsage", row.ResponseUsage);
        Text("groupActivation", row.GroupActivation);
        Number("inputTokens", row.InputTokens);
        Number("outputTokens", row.OutputTokens);
        Number("totalTokens", row.TotalTokens);
        writer.WriteString("model", model);
        Number("contextTokens", row.ContextTokens);
        writer.WriteEndObject();

        void Number(string name, long? value)
        {
            if (value is { } number)
                writer.WriteNumber(name, number);
        }

        void Text(string name, string? value)
        {
            if (value is not null)
                writer.WriteString(name, value);
        }

        void Flag(string name, bool? value)
        {
            if (value is { } flag)
                writer.WriteBoolean(name, flag);
        }
    }
}
