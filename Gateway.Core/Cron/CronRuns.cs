using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Broadcasting;

namespace OpenClaw.Gateway.Core.Cron;

/// <summary>A run of a job that was recorded before it began.</summary>
/// <param name="Job">The job as it was then.</param>
/// <param name="AtMs">When it began, Unix milliseconds; with the job's id the name of the run.</param>
internal sealed record CronRun(CronJob Job, long AtMs)
{
    /// <summary>Id of the agent's run, the same however often the work on it is taken up.</summary>
    public string RunId => $"cron:{Job.Id}:{AtMs}";
}

/// <summary>How a run ended.</summary>
internal sealed record CronOutcome(string Status)
{
    public string? Error { get; init; }

    public string? Summary { get; init; }

    public string? SessionId { get; init; }

    public string? SessionKey { get; init; }

    public static CronOutcome Ok { get; } = new("ok");

    public static CronOutcome Failed(string error) => new("error") { Error = error };

    public static CronOutcome Skipped(string reason) => new("skipped") { Error = reason };
}

/// <summary>How asking for a run now ended: the run, or the word for why there is none.</summary>
internal readonly record struct CronStart(CronRun? Run, string? Reason = null, bool IsUnknown = false);

/// <summary>
/// Records that runs begin and end. A run that is recorded as begun is not begun again: whoever finds it without an end takes the work on it up
/// under its name, and the first end counts.
/// </summary>
internal sealed class CronRuns(CronStore store, CronRunLog log, Broadcaster broadcaster, TimeProvider time)
{
    /// <summary>Waits after the first, second, … error in a row; the last one for all that follow. The peer's numbers.</summary>
    private static readonly TimeSpan[] Backoff =
        [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(60)];

    /// <summary>Shortest time between the ends of two runs' making way: an interval of a millisecond would keep the machine busy with the file alone.</summary>
    private const long ShortestMs = 1000;

    /// <summary>Begins a job because somebody asks for it.</summary>
    public async Task<CronStart> BeginAsync(string id, bool force, CancellationToken cancellationToken)
    {
        var start = await store.ChangeAsync<CronStart>(jobs => Begin(jobs, id, force), cancellationToken).ConfigureAwait(false);
        if (start.Run is { } run)
            TellStarted(run);
        return start;
    }

    /// <summary>Makes a job due now, so that the scheduler begins it. Returns why it cannot be.</summary>
    public Task<string?> RequestAsync(string id, CancellationToken cancellationToken) => store.ChangeAsync<string?>(
        jobs =>
        {
            if (jobs.Find(job => job.Id == id) is not { } job)
                return (false, "unknown cron job id: " + id);
            if (!job.IsEnabled)
                return (false, "the job is switched off");
            if (job.RunningAtMs is not null)
                return (false, "already-running");
            job.NextRunAtMs = Now;
            return (true, null);
        },
        cancellationToken);

    /// <summary>Begins the jobs that are due, those that waited longest first, and finds the runs that have no end.</summary>
    /// <param name="most">How many may begin.</param>
    /// <param name="isOwner">Asked at the last moment whether it is for this process to begin jobs.</param>
    /// <param name="clockWentBack">The times that were reckoned by the clock as it was are of no use.</param>
    /// <param name="cancellationToken">Stops waiting for the file.</param>
    public async Task<CronPlan> PlanAsync(int most, Func<bool> isOwner, bool clockWentBack, CancellationToken cancellationToken)
    {
        var now = Now;
        // Looking first: most wake-ups find nothing to do, and need no lock.
        var needsChange = await store.ReadAsync(
            jobs => jobs.Any(job => (most > 0 && job.IsDue(now)) || (clockWentBack && job.IsEnabled) || IsUnplanned(job)), cancellationToken).ConfigureAwait(false);
        var begun = needsChange ? await store.ChangeAsync(jobs => Begin(jobs, most, isOwner, clockWentBack), cancellationToken).ConfigureAwait(false) : [];
        foreach (var run in begun)
            TellStarted(run);
        return await store.ReadAsync(
            jobs => new CronPlan(
                begun,
                [.. jobs.Where(static job => job.RunningAtMs is not null).Select(static job => new CronRun(job.Clone(), job.RunningAtMs!.Value))],
                jobs.Where(static job => job.IsEnabled && job.RunningAtMs is null).Min(static job => job.NextRunAtMs)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records the end of a run and tells clients. Nothing when it has an end already.</summary>
    public async Task FinishAsync(CronRun run, CronOutcome outcome)
    {
        var endedAt = Now;
        var id = run.Job.Id;
        var result = await store.ReadAsync(jobs => jobs.FirstOrDefault(job => job.Id == id && job.RunningAtMs == run.AtMs)?.Clone(), CancellationToken.None).ConfigureAwait(false);
        if (result is not null)
        {
            Apply(result, run, outcome, endedAt);
            // The line first: killed in between, the end is recorded once more, and a line of the same run is not written twice.
            await log.AppendAsync(id, Entry(run, outcome, result, endedAt, forLog: true)).ConfigureAwait(false);
        }
        var (isEnd, isRemoved) = await store.ChangeAsync<(bool, bool)>(
            jobs =>
            {
                if (jobs.Find(job => job.Id == id && job.RunningAtMs == run.AtMs) is not { } job)
                    return (false, (false, false));
                Apply(job, run, outcome, endedAt);
                var remove = job.IsOnce && job.DeleteAfterRun && outcome.Status == "ok";
                if (remove)
                    jobs.Remove(job);
                return (true, (true, remove));
            },
            CancellationToken.None).ConfigureAwait(false);
        if (isEnd)
            Tell(Entry(run, outcome, result ?? run.Job, endedAt, forLog: false));
        if (isRemoved)
            Tell(new JsonObject { ["jobId"] = id, ["action"] = "removed" });
    }

    private (bool, CronStart) Begin(List<CronJob> jobs, string id, bool force)
    {
        if (jobs.Find(job => job.Id == id) is not { } job)
            return (false, new CronStart(null, IsUnknown: true));
        if (job.RunningAtMs is not null)
            return (false, new CronStart(null, "already-running"));
        return force || job.IsDue(Now) ? (true, new CronStart(Begin(job))) : (false, new CronStart(null, "not-due"));
    }

    private (bool, List<CronRun>) Begin(List<CronJob> jobs, int most, Func<bool> isOwner, bool clockWentBack)
    {
        var begun = new List<CronRun>();
        if (!isOwner())
            return (false, begun);
        var now = Now;
        var changed = false;
        foreach (var job in jobs.Where(job => job.RunningAtMs is null && (clockWentBack ? job.IsEnabled : IsUnplanned(job))))
        {
            var next = job.NextBySchedule(now, time.LocalTimeZone);
            changed |= job.NextRunAtMs != next;
            job.NextRunAtMs = next;
        }
        foreach (var job in jobs.Where(job => job.IsDue(now)).OrderBy(static job => job.NextRunAtMs).Take(most).ToList())
            begun.Add(Begin(job));
        return (changed || begun.Count > 0, begun);
    }

    private CronRun Begin(CronJob job)
    {
        // Never the name of an earlier run, however the clock goes.
        var at = Math.Max(Now, (job.State.Number("lastRunAtMs") ?? 0) + 1);
        job.State["runningAtMs"] = at;
        job.State.Remove("lastError");
        // What comes after it is settled now, so that a crash does not make it due once more.
        if (!job.IsOnce)
            job.NextRunAtMs = job.NextBySchedule(at, time.LocalTimeZone);
        return new CronRun(job.Clone(), at);
    }

    private void Apply(CronJob job, CronRun run, CronOutcome outcome, long endedAt)
    {
        var state = job.State;
        state.Remove("runningAtMs");
        state["lastRunAtMs"] = run.AtMs;
        state["lastStatus"] = outcome.Status;
        state.Put("lastError", outcome.Error);
        state["lastDurationMs"] = Math.Max(0, endedAt - run.AtMs);
        state["consecutiveErrors"] = outcome.Status == "error" ? job.ConsecutiveErrors + 1 : 0;
        job.Json["updatedAtMs"] = endedAt;
        if (job.IsOnce)
        {
            // A new time that it got meanwhile stands.
            if (outcome.Status == "ok" && job.DeleteAfterRun)
                return;
            job.Json["enabled"] = false;
            job.NextRunAtMs = null;
            return;
        }
        var next = job.NextBySchedule(endedAt, time.LocalTimeZone);
        var earliest = endedAt + (outcome.Status == "error" ? (long)Backoff[Math.Min(job.ConsecutiveErrors, Backoff.Length) - 1].TotalMilliseconds : ShortestMs);
        job.NextRunAtMs = next is { } at && at < earliest ? earliest : next;
    }

    private static JsonObject Entry(CronRun run, CronOutcome outcome, CronJob after, long endedAt, bool forLog)
    {
        var entry = new JsonObject();
        if (forLog)
            entry["ts"] = endedAt;
        entry["jobId"] = run.Job.Id;
        entry["action"] = "finished";
        entry["status"] = outcome.Status;
        entry.Put("error", outcome.Error);
        entry.Put("summary", outcome.Summary);
        entry.Put("sessionId", outcome.SessionId);
        entry.Put("sessionKey", outcome.SessionKey);
        entry["runAtMs"] = run.AtMs;
        entry["durationMs"] = Math.Max(0, endedAt - run.AtMs);
        entry.Put("nextRunAtMs", after.NextRunAtMs);
        return entry;
    }

    /// <summary>Switched on and without a time, though its schedule has one: somebody wrote it into the file, or switched it on there.</summary>
    private bool IsUnplanned(CronJob job) => job is { IsEnabled: true, NextRunAtMs: null, RunningAtMs: null } && job.NextBySchedule(Now, time.LocalTimeZone) is not null;

    private void TellStarted(CronRun run) => Tell(new JsonObject { ["jobId"] = run.Job.Id, ["action"] = "started", ["runAtMs"] = run.AtMs });

    private void Tell(JsonObject payload) => broadcaster.Broadcast("cron", Encoding.UTF8.GetBytes(payload.ToJsonString()));

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>What there is to do now.</summary>
/// <param name="Begun">Runs that were begun for this process to work on.</param>
/// <param name="Running">All runs without an end, these too.</param>
/// <param name="NextAtMs">When the next job is due; null when none ever is.</param>
internal sealed record CronPlan(IReadOnlyList<CronRun> Begun, IReadOnlyList<CronRun> Running, long? NextAtMs);
