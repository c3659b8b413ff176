using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Cron;

/// <summary>What clients send to make or change a job, in the many forms that they send it in, brought into the one that is stored.</summary>
internal static class CronInput
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly string[] DeliveryFields = ["deliver", "channel", "to", "bestEffortDeliver"];

    private static readonly string[] TurnFields = ["model", "thinking", "timeoutSeconds", "allowUnsafeExternalContent", .. DeliveryFields];

    /// <summary>A client's object; null when it is none, or has a name twice.</summary>
    public static JsonObject? Parse(JsonElement json)
    {
        try
        {
            return json.ValueKind is JsonValueKind.Object ? JsonNode.Parse(json.GetRawText(), documentOptions: Strict) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is to be made.</summary>
    public static JsonObject Job(JsonObject given)
    {
        var job = Common(given, isPatch: false);
        job.TryAdd("wakeMode", "now");
        job.TryAdd("enabled", true);
        var kind = job.Object("payload")?.Text("kind");
        if (job.Text("sessionTarget") is null && kind is not null)
            job["sessionTarget"] = kind == "systemEvent" ? "main" : "isolated";
        if (job.Text("name") is null && job.Object("payload") is not null && job.Object("schedule") is not null)
            job["name"] = CronNames.Of(job);
        if (job.Object("schedule")?.Text("kind") == "at")
            job.TryAdd("deleteAfterRun", true);
        if (kind == "agentTurn" && job.Text("sessionTarget") == "isolated" && job.Object("delivery") is null)
            job["delivery"] = new JsonObject { ["mode"] = "announce" };
        return job;
    }

    /// <summary>What is to be changed.</summary>
    public static JsonObject Patch(JsonObject given) => Common(given, isPatch: true);

    /// <summary>Brings the kind of a payload into its spelling, or finds it by what is there.</summary>
    public static void RepairKind(JsonObject payload)
    {
        var kind = payload.Text("kind")?.ToLowerInvariant() switch
        {
            "agentturn" => "agentTurn",
            "systemevent" => "systemEvent",
            null when payload.Text("message") is not null => "agentTurn",
            null when payload.Text("text") is not null => "systemEvent",
            null when TurnFields.Any(payload.ContainsKey) => "agentTurn",
            _ => null,
        };
        if (kind is not null)
            payload["kind"] = kind;
    }

    /// <summary>The same for a schedule; times become texts.</summary>
    public static void RepairKindOfSchedule(JsonObject schedule)
    {
        var kind = schedule.Text("kind")?.ToLowerInvariant()
            ?? (schedule.ContainsKey("at") || schedule.ContainsKey("atMs") ? "at" : schedule.ContainsKey("everyMs") ? "every" : schedule.ContainsKey("expr") ? "cron" : null);
        if (kind is not null)
            schedule["kind"] = kind;
        if (kind != "at")
            return;
        var at = schedule.Number("atMs") is > 0 and var ms && ms <= CronTime.LastMs ? ms : CronTime.Parse(schedule.Text("atMs")) ?? CronTime.Parse(schedule.Text("at"));
        if (at is { } time && (schedule.ContainsKey("atMs") || !DateTimeOffset.TryParse(schedule.Text("at"), out _)))
            schedule["at"] = CronTime.Iso(time);
        schedule.Remove("atMs");
    }

    /// <summary>Older clients say in the payload where the answer goes.</summary>
    public static void MoveDelivery(JsonObject job, JsonObject payload, bool isPatch)
    {
        var to = payload.Text("to");
        var deliver = payload.Flag("deliver");
        var bestEffort = payload.Flag("bestEffortDeliver");
        if (deliver is not null || to is not null || bestEffort is not null)
        {
            var delivery = job.Object("delivery");
            if (delivery is null)
                job["delivery"] = delivery = [];
            if (deliver == false)
                delivery["mode"] = "none";
            else if (deliver == true || to is not null || !isPatch)
                delivery["mode"] = "announce";
            if (payload.Text("channel") is { } channel)
                delivery["channel"] = channel.ToLowerInvariant();
            if (to is not null)
                delivery["to"] = to;
            if (bestEffort is not null)
                delivery["bestEffort"] = bestEffort;
        }
        foreach (var field in DeliveryFields)
            payload.Remove(field);
    }

    private static JsonObject Common(JsonObject given, bool isPatch)
    {
        var job = (given.Object("data") ?? given.Object("job") ?? given).DeepClone().AsObject();
        if (job.Object("payload") is null && (job.ContainsKey("message") || job.ContainsKey("text")))
            job["payload"] = new JsonObject();
        if (job.Object("payload") is { } payload)
        {
            foreach (var field in (string[])["message", "text", .. TurnFields])
            {
                if (job.TryGetPropertyValue(field, out var value) && job.Remove(field))
                    payload.TryAdd(field, value);
            }
            RepairKind(payload);
            if (payload.Text("kind") == "agentTurn")
                MoveDelivery(job, payload, isPatch);
        }
        if (job.Object("schedule") is { } schedule)
            RepairKindOfSchedule(schedule);
        if (job.Object("delivery") is { } delivery)
            RepairDelivery(delivery);
        if (job.Text("sessionTarget") is { } target)
            job["sessionTarget"] = target.ToLowerInvariant();
        foreach (var name in (string[])["name", "description"])
        {
            if (job.Text(name) is { } text)
                job[name] = text;
        }
        if (job.Text("agentId") is { } agent)
            job["agentId"] = Sessions.Keys.AgentId.Normalize(agent);
        // How it is doing is for the gateway to say.
        job.Remove("state");
        return job;
    }

    private static void RepairDelivery(JsonObject delivery)
    {
        var mode = delivery.Text("mode")?.ToLowerInvariant();
        if (mode is not null)
            delivery["mode"] = mode == "deliver" ? "announce" : mode;
        if (delivery.Text("channel") is { } channel)
            delivery["channel"] = channel.ToLowerInvariant();
        if (delivery.Text("to") is { } to)
            delivery["to"] = to;
    }
}
