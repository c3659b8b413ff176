using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Leases;
using OpenClaw.Gateway.Core.Cluster;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.SafeMode;

namespace OpenClaw.Gateway.Core.Cron;

/// <summary>
/// Begins jobs when they are due. Of the cores of a gateway one does this at a time, by a lease; whoever gets it next takes up the runs that have
/// no end. What was missed while no gateway ran is made up for once.
/// </summary>
internal sealed partial class CronScheduler(
    CronStore store, CronRuns runs, CronRunner runner, CronSettings settings, IBus bus, CoreId self, CoreDirectory cores, TimeProvider time, ILogger<CronScheduler> logger)
    : BackgroundService
{
    /// <summary>Longest sleep: a clock that was set, or a machine that slept, is noticed within it. The peer's number.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(60);

    /// <summary>The same where other cores may have changed the jobs.</summary>
    private static readonly TimeSpan SharedSleep = TimeSpan.FromSeconds(1);

    /// <summary>Another process that began a run is given this long before its run is followed here too.</summary>
    private static readonly TimeSpan Adoption = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait when the file of jobs cannot be used.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Task> _working = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await new LeaseOwner(bus.Leases, "core.cron", self.Value, time).RunAsync(WorkAsync, stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task WorkAsync(ILease lease, CancellationToken ended)
    {
        LogOwner(logger, lease.FencingToken);
        var (isFirst, before) = (true, time.GetUtcNow());
        // Who is not alone any more sleeps less: a core that joined may have a job that is due before this one wakes.
        cores.Changed += store.Changed.Raise;
        try
        {
            while (true)
            {
                ended.ThrowIfCancellationRequested();
                var now = time.GetUtcNow();
                var sleep = await StepAsync(lease, isFirst, clockWentBack: now < before - SharedSleep, ended).ConfigureAwait(false);
                (isFirst, before) = (false, now);
                await store.Changed.WaitAsync(sleep, time, ended).ConfigureAwait(false);
            }
        }
        finally
        {
            cores.Changed -= store.Changed.Raise;
            // They stop waiting; what they wait for goes on.
            await Task.WhenAll(_working.Values).ConfigureAwait(false);
            _working.Clear();
        }
    }

    /// <summary>Does what there is to do, and returns how long there is nothing.</summary>
    private async Task<TimeSpan> StepAsync(ILease lease, bool isFirst, bool clockWentBack, CancellationToken ended)
    {
        var longest = cores.MayHaveOthers ? SharedSleep : LongestSleep;
        foreach (var done in _working.Where(static work => work.Value.IsCompleted).Select(static work => work.Key).ToList())
            _working.Remove(done);
        if (!settings.IsEnabled)
            return longest;
        try
        {
            var free = Math.Max(0, settings.MaxConcurrentRuns - _working.Count);
            var plan = await runs.PlanAsync(free, () => lease.IsHeld, clockWentBack, ended).ConfigureAwait(false);
            foreach (var run in plan.Begun)
                Work(run, ended);
            var now = time.GetUtcNow();
            foreach (var run in plan.Running.Where(run => !_working.ContainsKey(run.RunId)))
            {
                // A run that a client asked for is followed by the core that it asked; of an earlier life there is nobody.
                if (isFirst || now - DateTimeOffset.FromUnixTimeMilliseconds(run.AtMs) >= Adoption)
                    Work(run, ended);
            }
            // A place that becomes free wakes this up by the change of the file.
            if (plan.NextAtMs is not { } next || _working.Count >= settings.MaxConcurrentRuns)
                return longest;
            var left = DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(next, 0, CronTime.LastMs)) - now;
            return left < TimeSpan.Zero ? TimeSpan.Zero : left < longest ? left : longest;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever it is, the gateway does more than run jobs.
            LogUnusable(logger, e, store.FilePath);
            return Retry;
        }
    }

    private void Work(CronRun run, CancellationToken ended) => _working[run.RunId] = WorkOnAsync(run, ended);

    private async Task WorkOnAsync(CronRun run, CancellationToken ended)
    {
        try
        {
            await runner.RunAsync(run, ended).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Its end is recorded when the file can be written again: it is still without one.
            LogUnusable(logger, e, store.FilePath);
            await Task.Delay(Retry, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            store.Changed.Raise();
        }
    }

    [LoggerMessage(1855, LogLevel.Debug, "This core begins cron jobs (fencing token {Token}).")]
    private static partial void LogOwner(ILogger logger, long token);

    [LoggerMessage(1856, LogLevel.Error, "Cron jobs in {Path} cannot be worked on now.")]
    private static partial void LogUnusable(ILogger logger, Exception exception, string path);
}

/// <summary>What the configuration says about jobs, as it is now.</summary>
internal sealed class CronSettings(ConfigStore configuration, GatewayEnvironment environment, SafeModeState safeMode)
{
    /// <summary>Whether jobs begin by themselves.</summary>
    public bool IsEnabled => !safeMode.IsActive && environment.Variables.GetValueOrDefault("OPENCLAW_SKIP_CRON") != "1" && configuration.Current.Root.Section("cron").Bool("enabled") != false;

    /// <summary>How many may be under way at once that began by themselves.</summary>
    public int MaxConcurrentRuns => (int)Math.Clamp(configuration.Current.Root.Section("cron").Int("maxConcurrentRuns") ?? 1, 1, 100);
}
