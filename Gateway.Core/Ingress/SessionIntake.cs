using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Lifecycle;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>The session that a message goes to.</summary>
/// <param name="Address">Where its run belongs.</param>
/// <param name="Entry">Its settings.</param>
internal sealed record IntakeSession(SessionAddress Address, SessionEntry Entry);

/// <summary>Finds or creates the session of a message and marks it as used.</summary>
internal sealed class SessionIntake(SessionStores stores, SessionReset reset, ConfigStore configuration, TimeProvider time)
{
    /// <summary>Longest session key that is taken.</summary>
    private const int MaxKeyLength = 512;

    /// <summary>Why a key names no session here: a message must not make up an agent. Null when it does.</summary>
    public string? UnknownAgent(SessionKey key) =>
        key.Value.Length > MaxKeyLength || key.Value.Any(char.IsControl) ? "invalid session key"
        : !key.IsReserved && AgentRoster.Of(configuration.Current).Find(key.AgentId) is null ? $"unknown agent id \"{key.AgentId}\""
        : null;

    /// <summary>Why a session takes no messages now; null when it does.</summary>
    public async ValueTask<string?> RefusalAsync(SessionKey key, CancellationToken cancellationToken)
    {
        var entry = await stores.FindAsync(key, cancellationToken).ConfigureAwait(false);
        var allowed = entry?.SendPolicy switch { "deny" => false, "allow" => true, _ => AllowedByRules(key, entry) };
        return allowed ? null : "send blocked by session policy";
    }

    /// <summary>Takes the session into use.</summary>
    /// <param name="key">Canonical key.</param>
    /// <param name="conversational">True applies the daily and idle resets.</param>
    /// <param name="sessionId">Transcript to use for a session that has none.</param>
    /// <param name="label">Label to give it.</param>
    /// <param name="spawnedBy">Session that started it.</param>
    /// <param name="also">Changes more of its entry in the same step.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    public async Task<IntakeSession> EnterAsync(
        SessionKey key, bool conversational, string? sessionId = null, string? label = null, string? spawnedBy = null, Action<SessionEntryEditor>? also = null, CancellationToken cancellationToken = default)
    {
        var isSettled = stores.IsSettled(key);
        var known = await stores.FindAsync(key, cancellationToken).ConfigureAwait(false);
        if (conversational && known is { SessionId: not null, UpdatedAt: { } usedAt } && !FreshnessOf(key).IsFresh(usedAt, time))
        {
            await reset.StartOverAsync(key, cancellationToken).ConfigureAwait(false);
            isSettled = false;
        }
        if (isSettled && known is { SessionId: { } id } && Changed(known).IsSameAs(known))
        {
            // Nothing is new but the time, as with nearly every message: it does not wait for the disk.
            stores.Touch(key);
            return new IntakeSession(new SessionAddress(key.AgentId, key.Value, id), known);
        }
        var entry = await stores.UpdateAsync(key, stored => Changed(stored).Edit().Touch(time.GetUtcNow()).Build(), cancellationToken).ConfigureAwait(false);
        return new IntakeSession(new SessionAddress(key.AgentId, key.Value, entry!.SessionId!), entry);

        SessionEntry Changed(SessionEntry? stored)
        {
            var editor = (stored ?? SessionEntry.Empty).Edit();
            if (stored?.SessionId is null)
                editor.Set(SessionFields.SessionId, sessionId ?? Guid.NewGuid().ToString());
            if (label is not null)
                editor.Set(SessionFields.Label, label);
            if (spawnedBy is not null)
                editor.Set(SessionFields.SpawnedBy, spawnedBy);
            also?.Invoke(editor);
            return DeliveryRoute.Align(editor.Build());
        }
    }

    /// <summary>A rule that denies wins over one that allows; without either the default holds.</summary>
    private bool AllowedByRules(SessionKey key, SessionEntry? entry)
    {
        var session = configuration.Current.Session;
        var matching = session.SendRules.Where(rule =>
            (rule.Channel is null || rule.Channel == entry?.Channel)
            && (rule.ChatType is null || rule.ChatType == (entry?.ChatType ?? "direct"))
            && (rule.KeyPrefix is null || key.Value.StartsWith(rule.KeyPrefix, StringComparison.OrdinalIgnoreCase) || key.Rest.StartsWith(rule.KeyPrefix, StringComparison.OrdinalIgnoreCase))).ToArray();
        return matching.Length == 0 ? session.SendByDefault : matching.All(rule => rule.Allow);
    }

    private SessionFreshness FreshnessOf(SessionKey key)
    {
        var chatType = key.IsThread ? "thread" : key.TryGetGroup(out var channel, out _) ? "group" : "direct";
        var policy = configuration.Current.Session.ResetFor(chatType, key.TryGetGroup(out channel, out _) ? channel : null);
        return new SessionFreshness(policy.Daily ? policy.AtHour : null, policy.IdleMinutes);
    }
}

/// <summary>The model that a session was told to use.</summary>
internal static class SessionModel
{
    /// <summary><c>provider/model</c>, or null for the agent's default.</summary>
    public static string? ReferenceOf(SessionEntry entry) => entry.ModelOverride is not { Length: > 0 } model ? null
        : entry.ProviderOverride is { Length: > 0 } provider ? $"{provider}/{model}"
        : model;
}
