using System.Text.Json.Nodes;
using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Gateway.Core.Cron;

/// <summary>Changes parts of a job.</summary>
internal static class CronPatch
{
    private static readonly string[] Plain = ["name", "description", "agentId", "enabled", "deleteAfterRun", "sessionTarget", "wakeMode"];

    /// <summary>Why it cannot be; the job is of no use then. Null when it is done.</summary>
    public static ErrorShape? Apply(CronJob job, JsonObject patch, long now, TimeProvider time)
    {
        foreach (var name in Plain.Where(patch.ContainsKey))
            job.Json.Put(name, patch[name]?.DeepClone());
        if (patch.Object("schedule") is { } schedule)
        {
            if (CronRules.Schedule(schedule, time.GetUtcNow(), time.LocalTimeZone) is { } problem)
                return problem;
            schedule = schedule.DeepClone().AsObject();
            if (schedule.Text("kind") == "every" && schedule.Number("anchorMs") is null)
                schedule["anchorMs"] = now;
            job.Json["schedule"] = schedule;
            // A new time is a new chance for a job that ran once.
            if (schedule.Text("kind") == "at")
                job.State.Remove("lastStatus");
        }
        if (patch.Object("payload") is { } payload && Merge(job, payload) is { } incomplete)
            return ErrorShape.Unavailable(incomplete);
        if (patch.Object("delivery") is { } delivery)
            MergeDelivery(job, delivery);
        if (job.IsMain)
            job.Json.Remove("delivery");
        if (CronRules.Combination(job) is { } wrong)
            return ErrorShape.Unavailable(wrong);
        job.Json["updatedAtMs"] = now;
        if (patch.ContainsKey("schedule") || patch.ContainsKey("enabled"))
            job.NextRunAtMs = job.NextBySchedule(now, time.LocalTimeZone);
        return null;
    }

    private static string? Merge(CronJob job, JsonObject patch)
    {
        var kind = patch.Text("kind");
        var isSame = job.Payload.Text("kind") == kind;
        var payload = isSame ? job.Payload.DeepClone().AsObject() : new JsonObject { ["kind"] = kind };
        foreach (var (name, value) in patch.Where(static pair => pair.Value is not null))
            payload[name] = value!.DeepClone();
        var needed = kind == "systemEvent" ? "text" : "message";
        if (payload.Text(needed) is null)
            return $"Error: cron.update payload.kind=\"{kind}\" requires {needed}";
        job.Json["payload"] = payload;
        return null;
    }

    private static void MergeDelivery(CronJob job, JsonObject patch)
    {
        var delivery = job.Delivery?.DeepClone().AsObject() ?? new JsonObject { ["mode"] = "none" };
        foreach (var name in (string[])["mode", "channel", "to", "bestEffort"])
        {
            if (!patch.TryGetPropertyValue(name, out var value) || (value is null && name is "mode" or "bestEffort"))
                continue;
            delivery.Put(name, name is "channel" or "to" && patch.Text(name) is null ? null : value?.DeepClone());
        }
        job.Json["delivery"] = delivery;
    }
}
