using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Patching;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Sessions.Listing;

/// <summary><c>sessions.list</c>: the sessions of all agents, newest first.</summary>
internal sealed class SessionListing(ISessionSettings settings, SessionStores stores, ISessionModels models, TimeProvider time)
{
    public async Task<SessionListResult> ListAsync(SessionsListParams query, CancellationToken cancellationToken)
    {
        var paths = new SessionPaths(settings.Current);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var all = await stores.ReadAllAsync(cancellationToken).ConfigureAwait(false);

        // Sorted before anything is built: most lists want a few rows of many.
        var found = all.Where(session => Matches(session.Key, session.Value, query))
            .OrderByDescending(static session => session.Value.UpdatedAt ?? 0)
            .Select(session => (session.Key, Entry: session.Value, Name: NameOf(session.Key, session.Value)))
            .Where(session => Contains(session.Key, session.Entry, session.Name, query.Search))
            .Where(session => query.ActiveMinutes is not { } minutes || (session.Entry.UpdatedAt ?? 0) >= now - (Math.Max(1, minutes) * 60_000));
        if (query.Limit is { } limit)
            found = found.Take((int)Math.Clamp(limit, 1, int.MaxValue));

        var rows = new List<SessionRow>();
        var standards = new Dictionary<string, ModelRef>(StringComparer.Ordinal);
        foreach (var (key, entry, name) in found)
        {
            if (!standards.TryGetValue(key.AgentId, out var usual))
                standards[key.AgentId] = usual = models.DefaultFor(key.AgentId);
            var row = Row(key, entry, name, usual);
            if (query.IncludeDerivedTitles == true || query.IncludeLastMessage == true)
                row = await LookInsideAsync(row, paths, key, entry, query, cancellationToken).ConfigureAwait(false);
            rows.Add(row);
        }
        var standard = models.DefaultFor(null);
        return new SessionListResult
        {
            Ts = now,
            Path = paths.Description,
            Count = rows.Count,
            Defaults = new SessionListDefaults { ModelProvider = standard.Provider, Model = standard.Model, ContextTokens = models.ContextTokensOf(standard.Model) },
            Sessions = rows,
        };
    }

    private bool Matches(SessionKey key, SessionEntry entry, SessionsListParams query)
    {
        if (key.IsCronRun || (key.Value == SessionKey.Global && query.IncludeGlobal != true) || (key.Value == SessionKey.Unknown && query.IncludeUnknown != true))
            return false;
        if (query.AgentId is { Length: > 0 } agent && (key.IsReserved || AgentId.Normalize(agent) != key.AgentId))
            return false;
        if (query.SpawnedBy is { Length: > 0 } parent && (key.IsReserved || !SameSession(entry.SpawnedBy, parent, key.AgentId)))
            return false;
        return query.Label?.Trim() is not { Length: > 0 } label || entry.Label == label;
    }

    /// <summary>Parents are stored as they were written, often without their agent.</summary>
    private bool SameSession(string? stored, string asked, string agentId) =>
        stores.Rules.CanonicalizeStored(stored, agentId) is { } one && stores.Rules.CanonicalizeStored(asked, agentId) == one;

    private static bool Contains(SessionKey key, SessionEntry entry, string? name, string? search)
    {
        if (search?.Trim() is not { Length: > 0 } text)
            return true;
        return new[] { name, entry.Label, entry.Subject, entry.SessionId, key.Value }.Any(field => field?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);
    }

    private static string? NameOf(SessionKey key, SessionEntry entry)
    {
        if (entry.DisplayName is { } given)
            return given;
        key.TryGetGroup(out var groupChannel, out var groupId);
        if ((entry.Channel ?? groupChannel) is { Length: > 0 } channel)
            return GroupName.Build(channel, entry.GroupChannel, entry.Space, entry.Subject, groupId?.Trim() is { Length: > 0 } id ? id : key.Value);
        return entry.Label ?? entry.Origin["label"].AsString();
    }

    private static SessionRow Row(SessionKey key, SessionEntry entry, string? name, ModelRef usual)
    {
        key.TryGetGroup(out var groupChannel, out _);
        var model = SessionPatching.ModelOf(entry, usual);
        var route = DeliveryRoute.Of(entry, originThread: false);
        return new SessionRow
        {
            Key = key.Value,
            Kind = key.KindOf(entry.ChatType).Name(),
            Label = entry.Label,
            DisplayName = name,
            Channel = entry.Channel ?? groupChannel,
            Subject = entry.Subject,
            GroupChannel = entry.GroupChannel,
            Space = entry.Space,
            ChatType = entry.ChatType,
            Origin = Present(entry.Origin),
            UpdatedAt = entry.UpdatedAt,
            SessionId = entry.SessionId,
            SystemSent = entry.SystemSent,
            AbortedLastRun = entry.AbortedLastRun,
            ThinkingLevel = entry.ThinkingLevel,
            VerboseLevel = entry.VerboseLevel,
            ReasoningLevel = entry.ReasoningLevel,
            ElevatedLevel = entry.ElevatedLevel,
            SendPolicy = entry.SendPolicy,
            InputTokens = entry.InputTokens,
            OutputTokens = entry.OutputTokens,
            TotalTokens = entry.TotalTokens ?? ((entry.InputTokens ?? 0) + (entry.OutputTokens ?? 0)),
            ResponseUsage = entry.ResponseUsage,
            ModelProvider = model.Provider,
            Model = model.Model,
            ContextTokens = entry.ContextTokens,
            DeliveryContext = route?.ToJson().ToWire(),
            LastChannel = route?.Channel ?? entry.LastChannel,
            LastTo = route?.To ?? entry.LastTo,
            LastAccountId = route?.AccountId ?? entry.LastAccountId,
        };
    }

    private static async Task<SessionRow> LookInsideAsync(
        SessionRow row, SessionPaths paths, SessionKey key, SessionEntry entry, SessionsListParams query, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(entry.SessionId))
            return row;
        var path = paths.ExistingTranscript(key.AgentId, entry);
        if (query.IncludeDerivedTitles == true)
        {
            var isNamed = !string.IsNullOrWhiteSpace(entry.DisplayName) || !string.IsNullOrWhiteSpace(entry.Subject);
            var first = path is null || isNamed ? null : await TranscriptGlimpse.FirstUserTextAsync(path, cancellationToken).ConfigureAwait(false);
            row = row with { DerivedTitle = SessionTitle.Derive(entry, first) };
        }
        if (query.IncludeLastMessage == true && path is not null)
            row = row with { LastMessagePreview = await TranscriptGlimpse.LastTextAsync(path, cancellationToken).ConfigureAwait(false) };
        return row;
    }

    private static RawJsonValue? Present(RawJson value) => value.TokenType == JsonTokenType.StartObject ? value.ToWire() : null;
}
