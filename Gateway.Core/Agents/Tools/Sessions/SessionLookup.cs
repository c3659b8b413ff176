using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Agents.Tools.Sessions;

/// <summary>A session that a model named, and what is stored about it.</summary>
internal sealed record FoundSession(SessionKey Key, SessionEntry Entry);

/// <summary>Finds the session that a model means, as far as its agent may see it.</summary>
internal sealed class SessionLookup(SessionStores stores, IAgentConfiguration configuration)
{
    /// <param name="text">A key in any spelling, or a session id. Null means the session of the run itself.</param>
    /// <param name="own">Session of the run.</param>
    /// <param name="cancellationToken">Stops reading the store.</param>
    public async ValueTask<SessionOutcome<FoundSession>> FindAsync(string? text, SessionAddress own, CancellationToken cancellationToken)
    {
        var asked = text?.Trim() is { Length: > 0 } given ? given : own.SessionKey;
        var policy = AgentToAgentPolicy.From(configuration.Root);
        string? refusal = null;
        foreach (var key in Candidates(asked, own.AgentId))
        {
            // Said before it is looked for: what another agent has is not to be found out by guessing.
            if (key.Value != own.SessionKey && policy.Refusal(own.AgentId, key.AgentId) is { } closed)
                refusal ??= closed;
            else if (await stores.FindAsync(key, cancellationToken).ConfigureAwait(false) is { } entry)
                return new FoundSession(key, entry);
        }
        if (asked.StartsWith("agent:", StringComparison.Ordinal) && refusal is not null)
            return SessionError.Invalid(refusal);
        foreach (var (key, entry) in await stores.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.SessionId == asked && policy.Refusal(own.AgentId, key.AgentId) is null)
                return new FoundSession(key, entry);
        }
        return SessionError.Invalid($"Unknown {(LooksLikeKey(asked) ? "sessionKey" : "sessionId")}: {asked}");
    }

    /// <summary>A short key means the agent's own session first; only under scope global are main sessions one.</summary>
    private IEnumerable<SessionKey> Candidates(string text, string agentId)
    {
        var rules = stores.Rules;
        SessionKey?[] keys = rules.GlobalScope
            ? [rules.Canonicalize(text), rules.CanonicalizeStored(text, agentId)]
            : [rules.CanonicalizeStored(text, agentId), rules.Canonicalize(text)];
        return keys.OfType<SessionKey>().Distinct();
    }

    private static bool LooksLikeKey(string text) => text is "main" or SessionKey.Global or SessionKey.Unknown || text.Contains(':', StringComparison.Ordinal);
}
