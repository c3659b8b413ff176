using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Core.Sessions.Transcripts;

namespace OpenClaw.Gateway.Core.Sessions.Usage;

/// <summary>Result of <c>usage.cost</c>.</summary>
/// <param name="UpdatedAt">When it was counted, milliseconds since 1970 UTC.</param>
/// <param name="Days">Days of the range as the peer counts them: one more than asked for.</param>
/// <param name="Daily">Days with use, oldest first.</param>
/// <param name="Totals">Sums over the range.</param>
internal sealed record CostUsageResult(long UpdatedAt, long Days, IReadOnlyList<DailyCost> Daily, UsageTotals Totals);

/// <summary>One day; the sums are the inherited members.</summary>
internal sealed class DailyCost(string date) : UsageTotals
{
    /// <summary>YYYY-MM-DD in the gateway's local time.</summary>
    public string Date { get; } = date;
}

/// <summary>
/// <c>usage.cost</c>: cost per day over the transcripts of all agents. Reading them all may take seconds, so an answer is
/// kept for half a minute and callers who ask meanwhile share it.
/// </summary>
internal sealed class CostUsage(ISessionSettings settings, ISessionModels models, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);
    private const int MaxKept = 16;
    private const long DayMs = 86_400_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<UsageRange, (long At, Task<CostUsageResult> Result)> _kept = [];

    public Task<CostUsageResult> ReadAsync(string? startDate, string? endDate, long? days, CancellationToken cancellationToken)
    {
        var range = UsageRange.From(startDate, endDate, days, time);
        lock (_gate)
        {
            if (!_kept.TryGetValue(range, out var kept) || kept.Result.IsFaulted || time.GetElapsedTime(kept.At) >= Freshness)
            {
                if (_kept.Count >= MaxKept)
                    _kept.Clear();
                _kept[range] = kept = (time.GetTimestamp(), Task.Run(() => CountAsync(range), CancellationToken.None));
            }
            return kept.Result.WaitAsync(cancellationToken);
        }
    }

    private async Task<CostUsageResult> CountAsync(UsageRange range)
    {
        var paths = new SessionPaths(settings.Current);
        var totals = new UsageTotals();
        var daily = new SortedDictionary<string, DailyCost>(StringComparer.Ordinal);
        var files = paths.AgentIds()
            .SelectMany(agentId => UsageTranscripts.Files(paths.TranscriptDirectory(agentId)))
            .Where(file => UsageTranscripts.Modified(file) >= range.StartMs);
        foreach (var file in files)
        {
            await foreach (var line in TranscriptLines.ReadAsync(file.FullName, CancellationToken.None).ConfigureAwait(false))
            {
                if (UsageEntry.Read(line, models) is not { Usage: { } usage, Time: { } at } entry || !range.Contains(at))
                    continue;
                var day = SessionUsageCollector.Day(at, time.LocalTimeZone);
                if (!daily.TryGetValue(day, out var bucket))
                    daily[day] = bucket = new DailyCost(day);
                bucket.Add(usage, entry.Cost);
                totals.Add(usage, entry.Cost);
            }
        }
        var span = (long)Math.Ceiling((range.EndMs - range.StartMs) / (double)DayMs) + 1;
        return new CostUsageResult(time.GetUtcNow().ToUnixTimeMilliseconds(), span, [.. daily.Values], totals);
    }
}
