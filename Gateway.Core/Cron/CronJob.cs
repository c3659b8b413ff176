using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Cron;

/// <summary>A job as it is stored; what this version does not know of it stays. Not for several threads at once.</summary>
internal sealed class CronJob(JsonObject json)
{
    private CronSchedule? _schedule;
    private string? _scheduleOf;

    public JsonObject Json { get; } = json;

    public string Id => Json.Text("id") ?? "";

    public string Name => Json.Text("name") ?? Id;

    public string? AgentId => Json.Text("agentId");

    public bool IsEnabled => Json.Flag("enabled") ?? true;

    public bool IsOnce => Json.Object("schedule")?.Text("kind") == "at";

    public bool DeleteAfterRun => Json.Flag("deleteAfterRun") == true;

    public bool IsMain => Json.Text("sessionTarget") != "isolated";

    public bool WakesNow => Json.Text("wakeMode") != "next-heartbeat";

    public JsonObject Payload => Json.Object("payload") ?? [];

    public JsonObject? Delivery => Json.Object("delivery");

    public JsonObject State => Json.Object("state") ?? Fresh();

    public long? NextRunAtMs
    {
        get => State.Number("nextRunAtMs");
        set => State.Put("nextRunAtMs", value);
    }

    public long? RunningAtMs => State.Number("runningAtMs");

    public long ConsecutiveErrors => State.Number("consecutiveErrors") ?? 0;

    /// <summary>Whether it is to be due at all.</summary>
    public bool IsDue(long nowMs) => IsEnabled && RunningAtMs is null && NextRunAtMs <= nowMs;

    /// <summary>When it is due after this moment by its schedule alone; null for never.</summary>
    public long? NextBySchedule(long nowMs, TimeZoneInfo hostZone)
    {
        if (!IsEnabled || (IsOnce && State.Text("lastStatus") == "ok" && State.Number("lastRunAtMs") is not null))
            return null;
        var text = Json.Object("schedule")?.ToJsonString();
        if (_schedule is null || _scheduleOf != text)
            (_schedule, _scheduleOf) = (CronSchedule.Of(Json.Object("schedule"), Json.Number("createdAtMs") ?? 0, hostZone, out _), text);
        return _schedule?.NextAfter(nowMs);
    }

    public CronJob Clone() => new(Json.DeepClone().AsObject());

    private JsonObject Fresh()
    {
        var state = new JsonObject();
        Json["state"] = state;
        return state;
    }
}
