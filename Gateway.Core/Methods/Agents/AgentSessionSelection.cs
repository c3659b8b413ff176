using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods.Agents;

namespace OpenClaw.Gateway.Core.Methods.Agents;

/// <summary>The session that an <c>agent</c> call means.</summary>
/// <param name="Key">Canonical key; null when the call names none.</param>
/// <param name="SessionId">Transcript for a new session.</param>
/// <param name="Error">Why the call is refused.</param>
internal sealed record AgentSession(SessionKey? Key, string? SessionId = null, ErrorShape? Error = null);

/// <summary>Chooses the session of an <c>agent</c> call: by key, by transcript id, by recipient, or the agent's main session.</summary>
internal sealed class AgentSessionSelection(SessionStores stores, ConfigStore configuration)
{
    /// <summary>Channels that a call may name although no module serves them yet: they only label the conversation.</summary>
    private static readonly string[] Channels =
        ["last", "webchat", "whatsapp", "telegram", "discord", "slack", "signal", "imessage", "msteams", "googlechat", "matrix", "line"];

    public async Task<AgentSession> SelectAsync(AgentParams parameters, CancellationToken cancellationToken)
    {
        foreach (var channel in (string?[])[parameters.Channel, parameters.ReplyChannel])
        {
            if (channel?.Trim() is { Length: > 0 } name && !Channels.Contains(name.ToLowerInvariant(), StringComparer.Ordinal))
                return Refuse($"unknown channel: {name}");
        }
        var rules = stores.Rules;
        var agentId = parameters.AgentId is { } asked ? AgentId.Normalize(asked) : null;
        if (agentId is not null && AgentRoster.Of(configuration.Current).Find(agentId) is null)
            return Refuse($"unknown agent id \"{parameters.AgentId}\"");
        if (!string.IsNullOrWhiteSpace(parameters.SessionKey) && rules.Canonicalize(parameters.SessionKey) is { } key)
        {
            return agentId is not null && key.AgentId != agentId
                ? Refuse($"agent \"{agentId}\" does not match session key agent \"{key.AgentId}\"")
                : new AgentSession(key);
        }
        if (!string.IsNullOrWhiteSpace(parameters.SessionId))
            return await ByIdAsync(parameters.SessionId.Trim(), agentId ?? rules.DefaultAgentId, cancellationToken).ConfigureAwait(false);
        if (agentId is not null)
            return new AgentSession(rules.MainOf(agentId));
        return new AgentSession(string.IsNullOrWhiteSpace(parameters.To) ? null : rules.MainSession);
    }

    private async Task<AgentSession> ByIdAsync(string sessionId, string agentId, CancellationToken cancellationToken)
    {
        foreach (var (key, entry) in await stores.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.SessionId == sessionId)
                return new AgentSession(key);
        }
        // A transcript id nobody knows starts a conversation of its own.
        return SessionPaths.IsSafeId(sessionId)
            ? new AgentSession(stores.Rules.Canonicalize($"agent:{agentId}:explicit:{sessionId}"), sessionId)
            : Refuse("invalid session id");
    }

    private static AgentSession Refuse(string text) => new(null, Error: ErrorShape.InvalidRequest("invalid agent params: " + text));
}
