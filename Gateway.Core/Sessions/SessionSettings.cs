using OpenClaw.Gateway.Core.Sessions.Keys;

namespace OpenClaw.Gateway.Core.Sessions;

/// <summary>What the session area needs to know of the configuration; one immutable snapshot.</summary>
internal sealed record SessionSettings
{
    private SessionKeyRules? _rules;

    /// <summary>Absolute path of the state dir, by default <c>~/.openclaw</c>.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>What <c>~</c> means in <see cref="StorePath"/>.</summary>
    public string? HomeDirectory { get; init; }

    /// <summary><c>session.store</c>: another place for sessions.json, with or without <c>{agentId}</c>.</summary>
    public string? StorePath { get; init; }

    /// <summary><c>session.mainKey</c>.</summary>
    public string? MainKey { get; init; }

    /// <summary><c>session.scope</c> is <c>global</c>: main sessions are one, with the key <c>global</c>.</summary>
    public bool GlobalScope { get; init; }

    public string DefaultAgentId { get; init; } = AgentId.Default;

    /// <summary>Ids in <c>agents.list</c>; empty means that the agents are the folders of the state dir.</summary>
    public IReadOnlyList<string> ConfiguredAgentIds { get; init; } = [];

    public SessionKeyRules Rules => _rules ??= new SessionKeyRules(DefaultAgentId, MainKey, GlobalScope);
}
