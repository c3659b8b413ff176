using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Cron;

/// <summary>Brings jobs that older gateways stored into today's form. The peer does the same when it reads its file.</summary>
internal static class CronRepair
{
    private static readonly string[] TopLevelPayload =
        ["model", "thinking", "timeoutSeconds", "allowUnsafeExternalContent", "message", "text", "deliver", "channel", "to", "bestEffortDeliver", "provider"];

    public static JsonObject Of(JsonObject job)
    {
        if (job.Object("state") is null)
            job["state"] = new JsonObject();
        if (job.Flag("enabled") is null)
            job["enabled"] = true;
        RepairPayload(job);
        RepairSchedule(job);
        if (job.Text("name") is not { } name)
            job["name"] = CronNames.Of(job);
        else
            job["name"] = name;
        RepairDelivery(job);
        job.Remove("isolation");
        return job;
    }

    private static void RepairPayload(JsonObject job)
    {
        var payload = job.Object("payload");
        if (payload is null)
        {
            payload = job.Text("message") is { } message ? new JsonObject { ["kind"] = "agentTurn", ["message"] = message }
                : job.Text("text") is { } text ? new JsonObject { ["kind"] = "systemEvent", ["text"] = text }
                : null;
            if (payload is not null)
                job["payload"] = payload;
        }
        if (payload is not null)
        {
            CronInput.RepairKind(payload);
            if (payload.Text("kind") == "agentTurn")
            {
                foreach (var field in TopLevelPayload.Where(field => field is not ("message" or "text") && !payload.ContainsKey(field) && job[field] is not null))
                    payload[field] = job[field]!.DeepClone();
            }
        }
        foreach (var field in TopLevelPayload)
            job.Remove(field);
    }

    private static void RepairSchedule(JsonObject job)
    {
        if (job.Object("schedule") is not { } schedule)
            return;
        CronInput.RepairKindOfSchedule(schedule);
        if (schedule.Text("kind") == "every" && schedule.Number("anchorMs") is null && (job.Number("createdAtMs") ?? job.Number("updatedAtMs")) is { } anchor)
            schedule["anchorMs"] = anchor;
    }

    private static void RepairDelivery(JsonObject job)
    {
        if (job.Object("delivery") is { } delivery && delivery.Text("mode")?.ToLowerInvariant() is null or "deliver")
        {
            if (job.Object("delivery") is { } given)
                given["mode"] = "announce";
        }
        if (job.Object("payload") is not { } payload || payload.Text("kind") != "agentTurn" || job.Text("sessionTarget") is not (null or "isolated"))
            return;
        job["sessionTarget"] = "isolated";
        CronInput.MoveDelivery(job, payload, isPatch: false);
        if (job.Object("delivery") is null)
            job["delivery"] = new JsonObject { ["mode"] = "announce" };
    }
}

/// <summary>Names for jobs that have none.</summary>
internal static class CronNames
{
    private const int MaxChars = 60;

    public static string Of(JsonObject job)
    {
        var payload = job.Object("payload");
        var text = payload?.Text("text") ?? payload?.Text("message");
        var line = text?.Split('\n')[0].Trim();
        if (!string.IsNullOrEmpty(line))
            return line.Length <= MaxChars ? line : line[..(char.IsHighSurrogate(line[MaxChars - 1]) ? MaxChars - 1 : MaxChars)] + "…";
        return job.Object("schedule") is { } schedule && schedule.Text("kind") is { } kind ? $"Cron: {schedule.Text("expr") ?? kind}" : "Cron job";
    }
}
