using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Agents;

/// <summary>Params of <c>agents.files.list</c>.</summary>
public sealed record AgentFilesListParams
{
    /// <summary>The agent.</summary>
    [NonEmpty]
    public required string AgentId { get; init; }
}

/// <summary>Params of <c>agents.files.get</c>.</summary>
public sealed record AgentFilesGetParams
{
    /// <summary>The agent.</summary>
    [NonEmpty]
    public required string AgentId { get; init; }

    /// <summary>One of the workspace's known files.</summary>
    [NonEmpty]
    public required string Name { get; init; }
}

/// <summary>Params of <c>agents.files.set</c>.</summary>
public sealed record AgentFilesSetParams
{
    /// <summary>The agent.</summary>
    [NonEmpty]
    public required string AgentId { get; init; }

    /// <summary>One of the workspace's known files.</summary>
    [NonEmpty]
    public required string Name { get; init; }

    /// <summary>Its new content, possibly empty.</summary>
    public required string Content { get; init; }
}

/// <summary>Result of <c>agents.files.list</c>.</summary>
public sealed record AgentFilesListResult
{
    /// <summary>The agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>Its directory.</summary>
    public required string Workspace { get; init; }

    /// <summary>The known files, whether they exist or not.</summary>
    public required IReadOnlyList<AgentFile> Files { get; init; }
}

/// <summary>Result of <c>agents.files.get</c> and <c>agents.files.set</c>.</summary>
public sealed record AgentFileResult
{
    /// <summary>True after a write.</summary>
    public bool? Ok { get; init; }

    /// <summary>The agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>Its directory.</summary>
    public required string Workspace { get; init; }

    /// <summary>The file.</summary>
    public required AgentFile File { get; init; }
}

/// <summary>A file of a workspace.</summary>
public sealed record AgentFile
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is.</summary>
    public required string Path { get; init; }

    /// <summary>True when it does not exist.</summary>
    public required bool Missing { get; init; }

    /// <summary>Bytes.</summary>
    [Bounds(0)]
    public long? Size { get; init; }

    /// <summary>When it was written, Unix milliseconds.</summary>
    public long? UpdatedAtMs { get; init; }

    /// <summary>Its text, where it was asked for.</summary>
    public string? Content { get; init; }
}
