using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Gateway.Core.Cron;

/// <summary>What a job has to be. The texts are the peer's where clients know them.</summary>
internal static class CronRules
{
    /// <summary>Largest job, in bytes of JSON: all of them are one file, which is written with every run.</summary>
    public const int MaxJobBytes = 64 * 1024;

    /// <summary>How far ahead a job that runs once may be, and how far apart the runs of others.</summary>
    private const int MaxYears = 10;

    private static readonly string[] Known =
        ["name", "agentId", "description", "enabled", "deleteAfterRun", "schedule", "sessionTarget", "wakeMode", "payload", "delivery"];

    private static readonly string[] Required = ["name", "schedule", "sessionTarget", "wakeMode", "payload"];

    /// <summary>What is wrong with the form of what a client sent; null when nothing is.</summary>
    public static ErrorShape? Form(string method, JsonObject given, bool isPatch)
    {
        var wrong = new List<string>();
        if (!isPatch)
            wrong.AddRange(Required.Where(name => !given.ContainsKey(name)).Select(static name => $"must have required property '{name}'"));
        wrong.AddRange(given.Where(static pair => !Known.Contains(pair.Key, StringComparer.Ordinal)).Select(static pair => $"at root: unexpected property '{pair.Key}'"));
        Check("name", given.Text("name") is not null, "must NOT have fewer than 1 characters");
        Check("agentId", isPatch && given["agentId"] is null || given.Text("agentId") is not null, "must be string");
        Check("description", IsText(given["description"]), "must be string");
        Check("enabled", given.Flag("enabled") is not null, "must be boolean");
        Check("deleteAfterRun", given.Flag("deleteAfterRun") is not null, "must be boolean");
        Check("sessionTarget", given.Text("sessionTarget") is "main" or "isolated", "must match a schema in anyOf");
        Check("wakeMode", given.Text("wakeMode") is "now" or "next-heartbeat", "must match a schema in anyOf");
        Check("schedule", given.Object("schedule") is { } schedule && IsSchedule(schedule), "must match a schema in anyOf");
        Check("payload", given.Object("payload") is { } payload && IsPayload(payload, isPatch), "must match a schema in anyOf");
        Check("delivery", given.Object("delivery") is { } delivery && IsDelivery(delivery, isPatch), "must match a schema in anyOf");
        if (wrong.Count > 0)
            return ErrorShape.InvalidRequest($"invalid {method} params: {string.Join("; ", wrong.Take(20))}");
        return JsonSerializer.SerializeToUtf8Bytes(JsonElement.Parse(given.ToJsonString()), Protocol.Json.ProtocolJson.Context.JsonElement).Length > MaxJobBytes
            ? ErrorShape.InvalidRequest($"invalid {method} params: the job is larger than {MaxJobBytes} bytes")
            : null;

        void Check(string name, bool isRight, string text)
        {
            if (given.ContainsKey(name) && !isRight)
                wrong.Add($"at /{name}: {text}");
        }
    }

    /// <summary>What is wrong with a schedule that somebody asks for now; null when nothing is.</summary>
    public static ErrorShape? Schedule(JsonObject schedule, DateTimeOffset now, TimeZoneInfo hostZone)
    {
        var nowMs = now.ToUnixTimeMilliseconds();
        var kind = schedule.Text("kind");
        if (kind == "at")
        {
            if (CronTime.Parse(schedule.Text("at")) is not { } at)
                return ErrorShape.InvalidRequest($"Invalid schedule.at: expected ISO-8601 timestamp (got {schedule.Text("at")})");
            if (at < nowMs - 60_000)
                return ErrorShape.InvalidRequest($"schedule.at is in the past: {CronTime.Iso(at)} ({(nowMs - at) / 60_000} minutes ago). Current time: {CronTime.Iso(nowMs)}");
            if (at > nowMs + (MaxYears * YearMs))
                return ErrorShape.InvalidRequest($"schedule.at is too far in the future: {CronTime.Iso(at)} ({(at - nowMs) / YearMs} years ahead). Maximum allowed: {MaxYears} years");
            return null;
        }
        if (kind == "every" && schedule.Number("everyMs") > MaxYears * YearMs)
            return ErrorShape.InvalidRequest($"schedule.everyMs is too long. Maximum allowed: {MaxYears} years");
        var read = CronSchedule.Of(schedule, nowMs, hostZone, out var problem);
        if (read is null)
            return ErrorShape.Unavailable(problem!);
        return read.NextAfter(nowMs) is null ? ErrorShape.Unavailable("Error: the schedule never comes") : null;
    }

    /// <summary>What does not go together in a job; null when all of it does.</summary>
    public static string? Combination(CronJob job)
    {
        var kind = job.Payload.Text("kind");
        return job.IsMain && kind != "systemEvent" ? "Error: main cron jobs require payload.kind=\"systemEvent\""
            : !job.IsMain && kind != "agentTurn" ? "Error: isolated cron jobs require payload.kind=\"agentTurn\""
            : job.IsMain && job.Delivery is not null ? "Error: cron delivery config is only supported for sessionTarget=\"isolated\""
            : null;
    }

    private const long YearMs = 365L * 24 * 3600 * 1000 + (6 * 3600 * 1000);

    private static bool IsSchedule(JsonObject schedule) => schedule.Text("kind") switch
    {
        "at" => schedule.Text("at") is not null,
        "every" => schedule.Number("everyMs") >= 1 && (schedule["anchorMs"] is null || schedule.Number("anchorMs") >= 0),
        "cron" => schedule.Text("expr") is not null && (schedule["tz"] is null || IsText(schedule["tz"])),
        _ => false,
    };

    private static bool IsPayload(JsonObject payload, bool isPatch) => payload.Text("kind") switch
    {
        "systemEvent" => payload.Text("text") is not null || (isPatch && !payload.ContainsKey("text")),
        "agentTurn" => (payload.Text("message") is not null || (isPatch && !payload.ContainsKey("message")))
            && IsText(payload["model"]) && IsText(payload["thinking"])
            && (payload.Text("thinking") is not { } thinking || Levels.ParseThinking(thinking) is not null)
            && (payload["timeoutSeconds"] is null || payload.Number("timeoutSeconds") is >= 1 and <= int.MaxValue / 1000)
            && (payload["allowUnsafeExternalContent"] is null || payload.Flag("allowUnsafeExternalContent") is not null),
        _ => false,
    };

    private static bool IsDelivery(JsonObject delivery, bool isPatch) =>
        (delivery.Text("mode") is "none" or "announce" || (isPatch && delivery["mode"] is null))
        && IsText(delivery["channel"]) && IsText(delivery["to"]) && (delivery["bestEffort"] is null || delivery.Flag("bestEffort") is not null)
        && delivery.All(static pair => pair.Key is "mode" or "channel" or "to" or "bestEffort");

    /// <summary>A text, or nothing.</summary>
    private static bool IsText(JsonNode? node) => node is null || node.GetValueKind() is JsonValueKind.String;
}
