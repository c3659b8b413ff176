using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Sessions.Listing;

/// <summary>What <c>health</c> and <c>status</c> say about sessions.</summary>
internal sealed class SessionSummaries(ISessionSettings settings, SessionStores stores, ISessionModels models, TimeProvider time)
{
    private const int HealthRows = 5;
    private const int StatusRows = 10;

    /// <summary>The newest sessions of one agent.</summary>
    public async Task<HealthSessions> HealthOfAsync(string agentId, CancellationToken cancellationToken)
    {
        var sessions = await NewestFirstAsync(agentId, cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return new HealthSessions
        {
            Path = stores.PathOf(agentId),
            Count = sessions.Count,
            Recent = [.. sessions.Take(HealthRows).Select(session => new HealthRecentSession
            {
                Key = session.Key.Value,
                UpdatedAt = Used(session.Value),
                Age = Used(session.Value) is { } used ? now - used : null,
            })],
        };
    }

    /// <summary>The newest sessions of each agent and of all together.</summary>
    public async Task<StatusSessions> StatusAsync(CancellationToken cancellationToken)
    {
        var paths = new SessionPaths(settings.Current);
        var byAgent = new List<StatusAgentSessions>();
        var all = new Dictionary<string, IReadOnlyList<KeyValuePair<SessionKey, SessionEntry>>>(StringComparer.Ordinal);
        foreach (var agentId in paths.AgentIds())
        {
            var sessions = await NewestFirstAsync(agentId, cancellationToken).ConfigureAwait(false);
            var path = stores.PathOf(agentId);
            all[path] = sessions;
            byAgent.Add(new StatusAgentSessions
            {
                AgentId = agentId,
                Path = path,
                Count = sessions.Count,
                Recent = [.. sessions.Take(StatusRows).Select(session => Row(session, agentId))],
            });
        }
        var model = models.DefaultFor(null).Model;
        return new StatusSessions
        {
            Paths = [.. all.Keys],
            Count = all.Values.Sum(static sessions => (long)sessions.Count),
            Defaults = new StatusSessionDefaults { Model = model, ContextTokens = models.ContextTokensOf(model) },
            Recent = [.. all.Values.SelectMany(static sessions => sessions.Take(StatusRows))
                .OrderByDescending(static session => session.Value.UpdatedAt ?? 0)
                .Take(StatusRows)
                .Select(session => Row(session, session.Key.Value.StartsWith("agent:", StringComparison.Ordinal) ? session.Key.AgentId : null))],
            ByAgent = byAgent,
        };
    }

    private async ValueTask<IReadOnlyList<KeyValuePair<SessionKey, SessionEntry>>> NewestFirstAsync(string agentId, CancellationToken cancellationToken)
    {
        var table = await stores.ReadAsync(agentId, cancellationToken).ConfigureAwait(false);
        var sessions = new List<KeyValuePair<SessionKey, SessionEntry>>(table.Count);
        foreach (var (name, entry) in table.Entries)
        {
            if (stores.Rules.CanonicalizeStored(name, agentId) is { IsReserved: false } key)
                sessions.Add(new(key, entry));
        }
        return [.. sessions.OrderByDescending(static session => session.Value.UpdatedAt ?? 0)];
    }

    private JsonElement Row(KeyValuePair<SessionKey, SessionEntry> session, string? agentId)
    {
        var (key, entry) = session;
        var model = entry.Model ?? models.DefaultFor(null).Model;
        var context = entry.ContextTokens ?? models.ContextTokensOf(model);
        var total = entry.TotalTokens ?? ((entry.InputTokens ?? 0) + (entry.OutputTokens ?? 0));
        var row = new StatusSessionRow
        {
            AgentId = agentId,
            Key = key.Value,
            Kind = key.KindOf(entry.ChatType).Name(),
            SessionId = entry.SessionId,
            UpdatedAt = entry.UpdatedAt,
            Age = Used(entry) is { } used ? time.GetUtcNow().ToUnixTimeMilliseconds() - used : null,
            ThinkingLevel = entry.ThinkingLevel,
            VerboseLevel = entry.VerboseLevel,
            ReasoningLevel = entry.ReasoningLevel,
            ElevatedLevel = entry.ElevatedLevel,
            SystemSent = entry.SystemSent,
            AbortedLastRun = entry.AbortedLastRun,
            InputTokens = entry.InputTokens,
            OutputTokens = entry.OutputTokens,
            TotalTokens = total,
            RemainingTokens = Math.Max(0, context - total),
            PercentUsed = context > 0 ? Math.Min(999, (long)Math.Floor((total * 100.0 / context) + 0.5)) : null,
            Model = model,
            ContextTokens = context,
            Flags = [.. Flags(entry)],
        };
        return JsonSerializer.SerializeToElement(row, SessionsJson.Context.StatusSessionRow);
    }

    private static IEnumerable<string> Flags(SessionEntry entry)
    {
        if (entry.ThinkingLevel is { Length: > 0 } thinking)
            yield return "think:" + thinking;
        if (entry.VerboseLevel is { Length: > 0 } verbose)
            yield return "verbose:" + verbose;
        if (entry.ReasoningLevel is { Length: > 0 } reasoning)
            yield return "reasoning:" + reasoning;
        if (entry.ElevatedLevel is { Length: > 0 } elevated)
            yield return "elevated:" + elevated;
        if (entry.SystemSent == true)
            yield return "system";
        if (entry.AbortedLastRun == true)
            yield return "aborted";
        if (entry.SessionId is { Length: > 0 } id)
            yield return "id:" + id;
    }

    private static long? Used(SessionEntry entry) => entry.UpdatedAt is > 0 and var time ? time : null;
}

/// <summary>A session in <c>status</c>. Numbers that are not known are null, settings that are not set are absent.</summary>
internal sealed record StatusSessionRow
{
    public string? AgentId { get; init; }
    public required string Key { get; init; }
    public required string Kind { get; init; }
    public string? SessionId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? UpdatedAt { get; init; }

    /// <summary>Milliseconds since the last use.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? Age { get; init; }

    public string? ThinkingLevel { get; init; }
    public string? VerboseLevel { get; init; }
    public string? ReasoningLevel { get; init; }
    public string? ElevatedLevel { get; init; }
    public bool? SystemSent { get; init; }
    public bool? AbortedLastRun { get; init; }
    public long? InputTokens { get; init; }
    public long? OutputTokens { get; init; }
    public required long TotalTokens { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? RemainingTokens { get; init; }

    /// <summary>How much of the context the last prompt filled, at most 999.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? PercentUsed { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Model { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? ContextTokens { get; init; }

    /// <summary>Settings that differ from the default, in short: <c>think:high</c>, <c>system</c>, <c>id:…</c>.</summary>
    public required IReadOnlyList<string> Flags { get; init; }
}
