using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Agents;

/// <summary>Params of <c>agents.create</c>.</summary>
public sealed record AgentsCreateParams
{
    /// <summary>Name for people; the id is made from it.</summary>
    [NonEmpty]
    public required string Name { get; init; }

    /// <summary>Directory it works in.</summary>
    [NonEmpty]
    public required string Workspace { get; init; }

    /// <summary>Emoji of its persona.</summary>
    public string? Emoji { get; init; }

    /// <summary>Avatar of its persona.</summary>
    public string? Avatar { get; init; }
}

/// <summary>Result of <c>agents.create</c>.</summary>
public sealed record AgentsCreateResult
{
    /// <summary>Always true.</summary>
    public required bool Ok { get; init; }

    /// <summary>The new agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its directory, absolute.</summary>
    public required string Workspace { get; init; }
}

/// <summary>Params of <c>agents.update</c>. What is absent stays.</summary>
public sealed record AgentsUpdateParams
{
    /// <summary>The agent.</summary>
    [NonEmpty]
    public required string AgentId { get; init; }

    /// <summary>Its new name.</summary>
    [NonEmpty]
    public string? Name { get; init; }

    /// <summary>Its new directory.</summary>
    [NonEmpty]
    public string? Workspace { get; init; }

    /// <summary>Its new model.</summary>
    [NonEmpty]
    public string? Model { get; init; }

    /// <summary>Its new avatar.</summary>
    public string? Avatar { get; init; }
}

/// <summary>Result of <c>agents.update</c>.</summary>
public sealed record AgentsUpdateResult
{
    /// <summary>Always true.</summary>
    public required bool Ok { get; init; }

    /// <summary>The agent.</summary>
    public required string AgentId { get; init; }
}

/// <summary>Params of <c>agents.delete</c>.</summary>
public sealed record AgentsDeleteParams
{
    /// <summary>The agent.</summary>
    [NonEmpty]
    public required string AgentId { get; init; }

    /// <summary>False keeps its workspace, its state and its sessions; otherwise they are moved to the trash.</summary>
    public bool? DeleteFiles { get; init; }
}

/// <summary>Result of <c>agents.delete</c>.</summary>
public sealed record AgentsDeleteResult
{
    /// <summary>Always true.</summary>
    public required bool Ok { get; init; }

    /// <summary>The agent that is gone.</summary>
    public required string AgentId { get; init; }

    /// <summary>How many bindings named it.</summary>
    public required int RemovedBindings { get; init; }
}
