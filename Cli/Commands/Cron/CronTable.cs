using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace OpenClaw.Cli.Commands.Cron;

/// <summary>Jobs as people, and scripts that count columns, read them.</summary>
internal static class CronTable
{
    private static readonly (string Title, int Width)[] Columns =
        [("ID", 36), ("Name", 24), ("Schedule", 32), ("Next", 10), ("Last", 10), ("Status", 9), ("Target", 9), ("Agent", 10)];

    public static string Of(JsonArray jobs, DateTimeOffset now)
    {
        if (jobs.Count == 0)
            return "No cron jobs.";
        var text = new StringBuilder();
        Row(text, true, [.. Columns.Select(static column => column.Title)]);
        foreach (var job in jobs.OfType<JsonObject>())
        {
            var state = job["state"];
            var enabled = Flag(job["enabled"]) ?? true;
            Row(
                text, false,
                Text(job["id"]) ?? "", Text(job["name"]) ?? "", Schedule(job["schedule"]),
                enabled ? When(Number(state?["nextRunAtMs"]), now) : "-", When(Number(state?["lastRunAtMs"]), now),
                !enabled ? "disabled" : Number(state?["runningAtMs"]) is not null ? "running" : Text(state?["lastStatus"]) ?? "idle",
                Text(job["sessionTarget"]) ?? "-", Text(job["agentId"]) ?? "default");
        }
        return text.ToString().TrimEnd('\n');
    }

    private static void Row(StringBuilder text, bool isTitle, params string[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            var width = Columns[i].Width;
            var cell = cells[i].ReplaceLineEndings(" ");
            text.Append(cell.Length <= width ? cell.PadRight(width) : string.Concat(cell.AsSpan(0, width - 3), "...")).Append(' ');
        }
        // The title alone is as wide as its column to the end; the peer's rows end with their last word.
        text.Length--;
        while (!isTitle && text[^1] == ' ')
            text.Length--;
        text.Append('\n');
    }

    private static string Schedule(JsonNode? schedule) => Text(schedule?["kind"]) switch
    {
        "at" => "at " + (DateTimeOffset.TryParse(Text(schedule!["at"]), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) : Text(schedule["at"]) ?? "-"),
        "every" => "every " + Span(Number(schedule!["everyMs"]) ?? 0),
        "cron" => "cron " + Text(schedule!["expr"]) + (Text(schedule["tz"]) is { } zone ? " @ " + zone : ""),
        _ => "-",
    };

    private static string When(long? at, DateTimeOffset now)
    {
        if (at is not { } ms)
            return "-";
        var left = ms - now.ToUnixTimeMilliseconds();
        return left >= 0 ? "in " + Span(left) : Span(-left) + " ago";
    }

    private static string Span(long ms) => ms switch
    {
        < 60_000 => Round(ms / 1000.0, "s", atLeast: 1),
        < 3_600_000 => Round(ms / 60_000.0, "m", 1),
        < 172_800_000 => Round(ms / 3_600_000.0, "h", 1),
        _ => Round(ms / 86_400_000.0, "d", 1),
    };

    private static string Round(double count, string unit, long atLeast) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Max(atLeast, (long)Math.Round(count, MidpointRounding.AwayFromZero))}{unit}");

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static long? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out long number) ? number : null;

    private static bool? Flag(JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;
}
