namespace OpenClaw.Gateway.Core.Sessions.Keys;

/// <summary>
/// Turns the spellings clients use (<c>main</c>, a bare name, a full key) into canonical keys.
/// Immutable; made from one settings snapshot.
/// </summary>
internal sealed class SessionKeyRules(string defaultAgentId, string? mainKey = null, bool globalScope = false)
{
    private const string MainAlias = "main";

    public string DefaultAgentId { get; } = AgentId.Normalize(defaultAgentId);

    /// <summary>Name of the main session; lower case.</summary>
    public string MainKey { get; } = string.IsNullOrWhiteSpace(mainKey) ? MainAlias : mainKey.Trim().ToLowerInvariant();

    /// <summary>All direct conversations share the key <c>global</c>.</summary>
    public bool GlobalScope { get; } = globalScope;

    /// <summary>The session that cannot be deleted.</summary>
    public SessionKey MainSession => GlobalScope ? Reserved(SessionKey.Global) : MainOf(DefaultAgentId);

    /// <summary>The main session of one agent, whatever the scope.</summary>
    public SessionKey MainOf(string agentId)
    {
        var id = AgentId.Normalize(agentId);
        return new SessionKey($"agent:{id}:{MainKey}", id, MainKey);
    }

    /// <summary>Canonical form of a key that a client sent; null when it is blank.</summary>
    public SessionKey? Canonicalize(string? text) => Canonicalize(text, DefaultAgentId, mainAliasIsGlobal: true);

    /// <summary>
    /// Canonical form of a key found in the store of <paramref name="agentId"/>. Unlike client input, a stored main
    /// session stays itself under scope global: what is on disk is never folded into another conversation.
    /// </summary>
    public SessionKey? CanonicalizeStored(string? text, string agentId) => Canonicalize(text, AgentId.Normalize(agentId), mainAliasIsGlobal: false);

    private SessionKey? Canonicalize(string? text, string agentId, bool mainAliasIsGlobal)
    {
        var raw = text?.Trim().TrimStart(':').TrimStart();
        if (string.IsNullOrEmpty(raw))
            return null;
        if (raw is SessionKey.Global or SessionKey.Unknown)
            return Reserved(raw);

        if (TryParse(raw, out var owner, out var rest))
        {
            if (rest == MainAlias || rest == MainKey)
                return Main(owner, mainAliasIsGlobal);
            return new SessionKey($"agent:{owner}:{rest}", owner, rest);
        }

        // "agent:" with too few parts names no agent; it is left alone so that it stays the same session.
        if (raw.StartsWith("agent:", StringComparison.Ordinal))
            return new SessionKey(raw, agentId, raw);
        if (raw == MainAlias || raw.Equals(MainKey, StringComparison.OrdinalIgnoreCase))
            return Main(agentId, mainAliasIsGlobal);
        return new SessionKey($"agent:{agentId}:{raw}", agentId, raw);
    }

    /// <summary>Splits <c>agent:&lt;id&gt;:&lt;rest&gt;</c>; empty parts around the id are passed over, as in <c>agent::main:x</c>.</summary>
    public static bool TryParse(string text, out string agentId, out string rest)
    {
        const string Prefix = "agent:";
        (agentId, rest) = ("", "");
        var trimmed = text.Trim();
        if (!trimmed.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var named = trimmed[Prefix.Length..].TrimStart(':');
        var end = named.IndexOf(':', StringComparison.Ordinal);
        if (end < 0 || string.IsNullOrWhiteSpace(named[..end]) || named[end..].Trim(':', ' ').Length == 0)
            return false;
        agentId = AgentId.Normalize(named[..end]);
        rest = named[end..].TrimStart(':');
        return true;
    }

    private SessionKey Main(string agentId, bool mainAliasIsGlobal) =>
        GlobalScope && mainAliasIsGlobal ? Reserved(SessionKey.Global) : MainOf(agentId);

    private SessionKey Reserved(string value) => new(value, DefaultAgentId, value);
}
