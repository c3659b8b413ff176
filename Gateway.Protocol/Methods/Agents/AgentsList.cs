using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Agents;

/// <summary>Result of <c>agents.list</c>.</summary>
public sealed record AgentsListResult
{
    /// <summary>Agent that answers by default.</summary>
    public required string DefaultId { get; init; }

    /// <summary>Short key of the main session.</summary>
    public required string MainKey { get; init; }

    /// <summary><c>per-sender</c> or <c>global</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>All configured agents.</summary>
    public required IReadOnlyList<AgentRow> Agents { get; init; }
}

/// <summary>One agent.</summary>
public sealed record AgentRow
{
    /// <summary>Agent id.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public string? Name { get; init; }

    /// <summary>How it presents itself.</summary>
    public AgentIdentity? Identity { get; init; }
}

/// <summary>An agent's persona.</summary>
public sealed record AgentIdentity
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Theme.</summary>
    public string? Theme { get; init; }

    /// <summary>Emoji.</summary>
    public string? Emoji { get; init; }

    /// <summary>Avatar: path in the workspace, address, or data URI.</summary>
    public string? Avatar { get; init; }

    /// <summary>Address of the avatar.</summary>
    public string? AvatarUrl { get; init; }
}

/// <summary>Params of <c>agent.identity.get</c>.</summary>
public sealed record AgentIdentityGetParams
{
    /// <summary>Agent id.</summary>
    [NonEmpty]
    public string? AgentId { get; init; }

    /// <summary>Session whose agent is meant.</summary>
    public string? SessionKey { get; init; }
}

/// <summary>Result of <c>agent.identity.get</c>.</summary>
public sealed record AgentIdentityGetResult
{
    /// <summary>Agent id.</summary>
    public required string AgentId { get; init; }

    /// <summary>Name to show.</summary>
    public required string Name { get; init; }

    /// <summary>Avatar to show: a letter, an address, or a data URI.</summary>
    public required string Avatar { get; init; }

    /// <summary>Emoji.</summary>
    public string? Emoji { get; init; }
}
