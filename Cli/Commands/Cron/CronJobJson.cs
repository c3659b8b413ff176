using System.Globalization;
using System.Text.Json.Nodes;

namespace OpenClaw.Cli.Commands.Cron;

/// <summary>Makes params of what a user typed about a job. A text in their place says what is wrong with it.</summary>
internal static class CronJobJson
{
    public static (JsonObject? Job, string? Wrong) New(CronJobWords words, bool disabled, DateTimeOffset now)
    {
        if (words.Name?.Trim() is not { Length: > 0 } && ScheduleCount(words) == 1)
            return (null, "--name is required");
        var (schedule, wrong) = ScheduleOf(words, now);
        if (schedule is null)
            return (null, wrong ?? "Choose exactly one schedule: --at, --every, or --cron");
        if ((words.SystemEvent is null) == (words.Message is null))
            return (null, "Choose exactly one payload: --system-event or --message");
        var session = words.Session?.Trim() ?? (words.SystemEvent is not null ? "main" : "isolated");
        if (session is not ("main" or "isolated"))
            return (null, "--session must be main or isolated");
        if (session == "main" && words.SystemEvent is null)
            return (null, "Main jobs require --system-event.");
        if (session == "isolated" && words.Message is null)
            return (null, "Isolated jobs require --message.");
        if ((words.Announce || words.NoDeliver) && session != "isolated")
            return (null, "--announce/--no-deliver require --session isolated.");
        if (words.Announce && words.NoDeliver)
            return (null, "Choose --announce or --no-deliver (not both)");
        if (words.Wake is not (null or "now" or "next-heartbeat"))
            return (null, "--wake must be now or next-heartbeat");
        var (payload, wrongPayload) = PayloadOf(words);
        if (payload is null)
            return (null, wrongPayload);
        var job = new JsonObject { ["name"] = words.Name!.Trim() };
        Put(job, "description", words.Description?.Trim());
        Put(job, "agentId", words.Agent?.Trim());
        job["enabled"] = !disabled;
        if (words.DeleteAfterRun || words.KeepAfterRun || words.At is not null)
            job["deleteAfterRun"] = !words.KeepAfterRun;
        job["schedule"] = schedule;
        job["sessionTarget"] = session;
        job["wakeMode"] = words.Wake ?? "now";
        job["payload"] = payload;
        if (session == "isolated")
            job["delivery"] = Delivery(words, words.NoDeliver ? "none" : "announce", words.Channel?.Trim() ?? "last");
        return (job, null);
    }

    public static (JsonObject? Patch, string? Wrong) Change(CronJobWords words, bool enable, bool disable, bool clearAgent, DateTimeOffset now)
    {
        if (enable && disable)
            return (null, "Choose --enable or --disable, not both");
        if (clearAgent && words.Agent is not null)
            return (null, "Use --agent or --clear-agent, not both");
        if (words is { SystemEvent: not null, Message: not null })
            return (null, "Choose at most one payload change");
        if (words.Announce && words.NoDeliver)
            return (null, "Choose --announce or --no-deliver (not both)");
        var patch = new JsonObject();
        Put(patch, "name", words.Name?.Trim());
        Put(patch, "description", words.Description?.Trim());
        Put(patch, "agentId", words.Agent?.Trim());
        if (clearAgent)
            patch["agentId"] = null;
        if (enable || disable)
            patch["enabled"] = enable;
        if (words.DeleteAfterRun || words.KeepAfterRun)
            patch["deleteAfterRun"] = !words.KeepAfterRun;
        Put(patch, "sessionTarget", words.Session?.Trim());
        Put(patch, "wakeMode", words.Wake?.Trim());
        if (ScheduleCount(words) > 0)
        {
            var (schedule, wrong) = ScheduleOf(words, now);
            if (schedule is null)
                return (null, wrong ?? "Choose at most one schedule change");
            patch["schedule"] = schedule;
        }
        var (payload, wrongPayload) = PayloadOf(words);
        if (wrongPayload is not null)
            return (null, wrongPayload);
        if (payload!.Count > 1)
            patch["payload"] = payload;
        var delivery = Delivery(words, words.NoDeliver ? "none" : words.Announce || words.To is not null || words.Channel is not null ? "announce" : null, words.Channel?.Trim());
        if (delivery.Count > 0)
            patch["delivery"] = delivery;
        return patch.Count == 0 ? (null, "Nothing to change: name at least one option") : (patch, null);
    }

    /// <summary>Milliseconds of <c>20m</c> and the like: ms, s, m, h, d.</summary>
    public static long? Duration(string text)
    {
        var trimmed = text.Trim().ToLowerInvariant();
        var digits = trimmed.TakeWhile(static c => char.IsAsciiDigit(c) || c == '.').Count();
        var factor = trimmed[digits..] switch { "ms" => 1L, "s" => 1000, "m" => 60_000, "h" => 3_600_000, "d" => 86_400_000, _ => 0 };
        return factor > 0 && decimal.TryParse(trimmed.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count > 0 && count < 1_000_000_000 && Math.Floor(count * factor) is >= 1 and var ms
            ? (long)ms
            : null;
    }

    private static int ScheduleCount(CronJobWords words) => ((string?[])[words.At, words.Every, words.Expression]).Count(static text => !string.IsNullOrWhiteSpace(text));

    private static (JsonObject? Schedule, string? Wrong) ScheduleOf(CronJobWords words, DateTimeOffset now)
    {
        if (ScheduleCount(words) != 1)
            return (null, null);
        if (words.At is { } at)
        {
            var time = at.Trim();
            var ahead = Duration(time.TrimStart('+'));
            return (new JsonObject
            {
                ["kind"] = "at",
                ["at"] = ahead is { } ms ? now.AddMilliseconds(ms).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) : time,
            }, null);
        }
        if (words.Every is { } every)
            return Duration(every) is { } ms ? (new JsonObject { ["kind"] = "every", ["everyMs"] = ms }, null) : (null, "Invalid --every; use e.g. 10m, 1h, 1d");
        var cron = new JsonObject { ["kind"] = "cron", ["expr"] = words.Expression!.Trim() };
        Put(cron, "tz", words.Zone?.Trim());
        return (cron, null);
    }

    private static (JsonObject? Payload, string? Wrong) PayloadOf(CronJobWords words)
    {
        if (words.SystemEvent is { } text)
            return (new JsonObject { ["kind"] = "systemEvent", ["text"] = text }, null);
        var payload = new JsonObject { ["kind"] = "agentTurn" };
        Put(payload, "message", words.Message);
        Put(payload, "model", words.Model?.Trim());
        Put(payload, "thinking", words.Thinking?.Trim());
        if (words.TimeoutSeconds is { } seconds)
        {
            if (!int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit < 1)
                return (null, "Invalid --timeout-seconds; use a positive whole number");
            payload["timeoutSeconds"] = limit;
        }
        return (payload, null);
    }

    private static JsonObject Delivery(CronJobWords words, string? mode, string? channel)
    {
        var delivery = new JsonObject();
        Put(delivery, "mode", mode);
        Put(delivery, "channel", channel);
        Put(delivery, "to", words.To?.Trim());
        if (words.BestEffort)
            delivery["bestEffort"] = true;
        return delivery;
    }

    private static void Put(JsonObject json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            json[name] = text;
    }
}
