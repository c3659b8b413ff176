using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Gateway.Core.Cron;

/// <summary>The answer to a change of a job: the job, or why not.</summary>
internal readonly record struct CronChange(JsonObject? Job, ErrorShape? Error = null);

/// <summary>Makes, changes and removes jobs. Clients hear of it before the answer.</summary>
internal sealed class CronJobs(CronStore store, Broadcaster broadcaster, TimeProvider time)
{
    /// <summary>All jobs are one file.</summary>
    public const int MaxJobs = 10_000;

    /// <summary>All jobs as they are stored, the next one first and those that are never due last.</summary>
    public Task<IReadOnlyList<JsonObject>> ListAsync(bool includeDisabled, CancellationToken cancellationToken) => store.ReadAsync<IReadOnlyList<JsonObject>>(
        jobs => [.. jobs.Where(job => includeDisabled || job.IsEnabled).OrderBy(static job => job.NextRunAtMs ?? long.MaxValue).Select(static job => job.Json.DeepClone().AsObject())],
        cancellationToken);

    /// <summary>How many there are, and when the next one is due.</summary>
    public Task<(int Count, long? NextAtMs)> SurveyAsync(CancellationToken cancellationToken) => store.ReadAsync(
        static jobs => (jobs.Count, jobs.Where(static job => job.IsEnabled).Min(static job => job.NextRunAtMs)), cancellationToken);

    /// <summary>Makes a job.</summary>
    /// <param name="input">In the form that is stored, and checked.</param>
    /// <param name="cancellationToken">Stops waiting for the file.</param>
    public async Task<CronChange> AddAsync(JsonObject input, CancellationToken cancellationToken)
    {
        var now = Now;
        var job = New(input, now);
        if (CronRules.Combination(job) is { } wrong)
            return new CronChange(null, ErrorShape.Unavailable(wrong));
        if (CronRules.Schedule(job.Json.Object("schedule")!, time.GetUtcNow(), time.LocalTimeZone) is { } problem)
            return new CronChange(null, problem);
        job.NextRunAtMs = job.NextBySchedule(now, time.LocalTimeZone);
        var isAdded = await store.ChangeAsync(
            jobs =>
            {
                if (jobs.Count >= MaxJobs)
                    return (false, false);
                jobs.Add(job);
                return (true, true);
            },
            cancellationToken).ConfigureAwait(false);
        if (!isAdded)
            return new CronChange(null, ErrorShape.Unavailable($"Error: there are {MaxJobs} cron jobs already; remove some first"));
        Tell(job.Id, "added", job.NextRunAtMs);
        return new CronChange(job.Json.DeepClone().AsObject());
    }

    /// <summary>Changes a job.</summary>
    public async Task<CronChange> UpdateAsync(string id, JsonObject patch, CancellationToken cancellationToken)
    {
        var now = Now;
        var change = await store.ChangeAsync<CronChange>(
            jobs =>
            {
                var index = jobs.FindIndex(job => job.Id == id);
                if (index < 0)
                    return (false, new CronChange(null, ErrorShape.Unavailable("Error: unknown cron job id: " + id)));
                // On a copy: what turns out wrong half way has changed nothing.
                var job = jobs[index].Clone();
                if (CronPatch.Apply(job, patch, now, time) is { } error)
                    return (false, new CronChange(null, error));
                jobs[index] = job;
                return (true, new CronChange(job.Json.DeepClone().AsObject()));
            },
            cancellationToken).ConfigureAwait(false);
        if (change.Job is { } changed)
            Tell(id, "updated", changed.Object("state")?.Number("nextRunAtMs"));
        return change;
    }

    /// <summary>Removes a job; a run that is under way goes on. False when there is none.</summary>
    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        var isRemoved = await store.ChangeAsync(jobs => jobs.RemoveAll(job => job.Id == id) > 0 ? (true, true) : (false, false), cancellationToken).ConfigureAwait(false);
        if (isRemoved)
            Tell(id, "removed", null);
        return isRemoved;
    }

    private static CronJob New(JsonObject input, long now)
    {
        var schedule = input.Object("schedule")!.DeepClone().AsObject();
        if (schedule.Text("kind") == "every" && schedule.Number("anchorMs") is null)
            schedule["anchorMs"] = now;
        var json = new JsonObject { ["id"] = Guid.NewGuid().ToString() };
        Copy("agentId");
        Copy("name");
        Copy("description");
        Copy("enabled");
        Copy("deleteAfterRun");
        json["createdAtMs"] = now;
        json["updatedAtMs"] = now;
        json["schedule"] = schedule;
        Copy("sessionTarget");
        Copy("wakeMode");
        Copy("payload");
        Copy("delivery");
        json["state"] = new JsonObject();
        return new CronJob(json);

        void Copy(string name) => json.Put(name, input[name]?.DeepClone());
    }

    private void Tell(string id, string action, long? nextRunAtMs)
    {
        var payload = new JsonObject { ["jobId"] = id, ["action"] = action };
        payload.Put("nextRunAtMs", nextRunAtMs);
        broadcaster.Broadcast("cron", System.Text.Encoding.UTF8.GetBytes(payload.ToJsonString()));
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
