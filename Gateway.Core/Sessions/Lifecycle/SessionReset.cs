using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Sessions.Lifecycle;

/// <summary>A session that was begun anew.</summary>
/// <param name="Key">Canonical key.</param>
/// <param name="Entry">The new entry.</param>
internal sealed record RenewedSession(string Key, SessionEntry Entry);

/// <summary>Gives a session a new, empty transcript. The old one stays on disk; a run that is under way is not stopped.</summary>
internal sealed class SessionReset(SessionStores stores, TimeProvider time)
{
    private static readonly string[] KeptFields =
    [
        SessionFields.ThinkingLevel, SessionFields.VerboseLevel, SessionFields.ReasoningLevel, SessionFields.ResponseUsage,
        SessionFields.Model, SessionFields.ContextTokens, SessionFields.SendPolicy, SessionFields.Label, SessionFields.Origin,
        SessionFields.LastChannel, SessionFields.LastTo, SessionFields.SkillsSnapshot,
    ];

    /// <summary>What <c>/new</c> and a stale session forget; every field that is not named here survives.</summary>
    private static readonly string[] ForgottenFields =
    [
        SessionFields.ThinkingLevel, SessionFields.VerboseLevel, SessionFields.ReasoningLevel, SessionFields.TtsAuto,
        SessionFields.ResponseUsage, SessionFields.ModelOverride, SessionFields.ProviderOverride, SessionFields.SendPolicy,
        SessionFields.QueueMode, SessionFields.QueueDebounceMs, SessionFields.QueueCap, SessionFields.QueueDrop,
        SessionFields.DisplayName, SessionFields.Channel, SessionFields.GroupId, SessionFields.Subject,
        SessionFields.GroupChannel, SessionFields.Space, SessionFields.SessionFile, SessionFields.InputTokens,
        SessionFields.OutputTokens, SessionFields.TotalTokens, SessionFields.ContextTokens, SessionFields.MemoryFlushAt,
        SessionFields.MemoryFlushCompactionCount,
    ];

    /// <summary><c>sessions.reset</c>: settings and route are kept, counters start at zero. Creates the session when it is unknown.</summary>
    public async Task<SessionOutcome<RenewedSession>> ResetAsync(string? key, CancellationToken cancellationToken)
    {
        if (stores.Rules.Canonicalize(key) is not { } session)
            return SessionError.Invalid("key required");
        var entry = await stores.UpdateAsync(
            session.AgentId,
            table =>
            {
                var fresh = Begin()
                    .Copy(table.Find(session), KeptFields)
                    .Set(SessionFields.InputTokens, 0)
                    .Set(SessionFields.OutputTokens, 0)
                    .Set(SessionFields.TotalTokens, 0)
                    .Build();
                table.Set(session, fresh);
                return fresh;
            },
            cancellationToken).ConfigureAwait(false);
        return new RenewedSession(session.Value, entry);
    }

    /// <summary>
    /// A new conversation in the same session, after a reset word or because the old one is stale: overrides are
    /// forgotten. Returns the entry before (null for a new session) and after.
    /// </summary>
    public Task<(SessionEntry? Before, SessionEntry After)> StartOverAsync(SessionKey key, CancellationToken cancellationToken) =>
        stores.UpdateAsync(
            key.AgentId,
            table =>
            {
                var before = table.Find(key);
                var after = (before ?? SessionEntry.Empty)
                    .Overlay(Begin().Set(SessionFields.CompactionCount, 0).Build())
                    .Edit().Remove(ForgottenFields)
                    .Build();
                return (before, table.Set(key, after));
            },
            cancellationToken);

    private SessionEntryEditor Begin() => SessionEntry.Empty.Edit()
        .Set(SessionFields.SessionId, Guid.NewGuid().ToString("D"))
        .Set(SessionFields.UpdatedAt, time.GetUtcNow().ToUnixTimeMilliseconds())
        .Set(SessionFields.SystemSent, false)
        .Set(SessionFields.AbortedLastRun, false);
}
