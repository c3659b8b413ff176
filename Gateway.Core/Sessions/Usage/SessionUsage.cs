using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Core.Sessions.Transcripts;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Sessions.Usage;

/// <summary><c>sessions.usage</c>: what sessions used and cost, read from their transcripts.</summary>
internal sealed class SessionUsage(ISessionSettings settings, SessionStores stores, ISessionModels models, TimeProvider time)
{
    private const int DefaultLimit = 50;

    public async Task<SessionUsageResult> ReadAsync(SessionsUsageParams query, CancellationToken cancellationToken)
    {
        var range = UsageRange.From(query.StartDate, query.EndDate, days: null, time);
        var found = query.Key?.Trim() is { Length: > 0 } key
            ? await FindOneAsync(key, cancellationToken).ConfigureAwait(false)
            : await FindAllAsync(range, cancellationToken).ConfigureAwait(false);

        var aggregator = new UsageAggregator();
        var rows = new List<SessionUsageRow>();
        foreach (var transcript in found.OrderByDescending(static t => t.UpdatedAt).Take((int)Math.Clamp(query.Limit ?? DefaultLimit, 1, int.MaxValue)))
        {
            var usage = await SummarizeAsync(transcript, range, cancellationToken).ConfigureAwait(false);
            var row = Row(transcript, usage, query.IncludeContextWeight == true);
            aggregator.Add(usage, row.AgentId, row.Channel);
            rows.Add(row);
        }
        return new SessionUsageResult
        {
            UpdatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            StartDate = range.StartDate,
            EndDate = range.EndDate,
            Sessions = rows,
            Totals = aggregator.Totals,
            Aggregates = aggregator.Finish(),
        };
    }

    private async Task<IReadOnlyList<UsageTranscript>> FindOneAsync(string key, CancellationToken cancellationToken) =>
        await new UsageTranscripts(settings.Current, stores).FindAsync(key, cancellationToken).ConfigureAwait(false) is { } transcript ? [transcript] : [];

    private Task<IReadOnlyList<UsageTranscript>> FindAllAsync(UsageRange range, CancellationToken cancellationToken) =>
        new UsageTranscripts(settings.Current, stores).ListAsync(range, cancellationToken);

    private async Task<SessionUsageSummary> SummarizeAsync(UsageTranscript transcript, UsageRange range, CancellationToken cancellationToken)
    {
        var collector = new SessionUsageCollector(range, time.LocalTimeZone);
        await foreach (var line in TranscriptLines.ReadAsync(transcript.Path, cancellationToken).ConfigureAwait(false))
        {
            if (UsageEntry.Read(line, models) is { } entry)
                collector.Add(entry);
        }
        return collector.Finish(transcript);
    }

    private static SessionUsageRow Row(UsageTranscript transcript, SessionUsageSummary usage, bool withContext)
    {
        var entry = transcript.Entry;
        var origin = entry?.Origin ?? default;
        return new SessionUsageRow
        {
            Key = transcript.Key,
            Label = entry?.Label,
            SessionId = transcript.SessionId,
            UpdatedAt = transcript.UpdatedAt,
            AgentId = SessionKeyRules.TryParse(transcript.Key, out var agentId, out _) ? agentId : null,
            Channel = entry?.Channel ?? origin["provider"].AsString(),
            ChatType = entry?.ChatType ?? origin["chatType"].AsString(),
            Origin = origin.IsMissing ? null : origin.ToWire(),
            ModelOverride = entry?.ModelOverride,
            ProviderOverride = entry?.ProviderOverride,
            ModelProvider = entry?.ModelProvider,
            Model = entry?.Model,
            Usage = usage,
            ContextWeight = withContext ? (entry?[SessionFields.SystemPromptReport] ?? default).ToWire() : null,
        };
    }
}
