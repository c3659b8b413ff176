using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Agents;

/// <summary>What a run's system prompt was made of; clients show it as the context report. Sizes are in characters.</summary>
[OpenObject]
public sealed record SystemPromptReport
{
    /// <summary><c>run</c>: measured on a prompt that was sent. <c>estimate</c>: on one that would be.</summary>
    [OneOf("run", "estimate")]
    public string Source { get; init; } = "run";

    /// <summary>When it was made, Unix milliseconds.</summary>
    public required long GeneratedAt { get; init; }

    /// <summary>Session id.</summary>
    public string? SessionId { get; init; }

    /// <summary>Session key.</summary>
    public string? SessionKey { get; init; }

    /// <summary>Provider id of the model.</summary>
    public string? Provider { get; init; }

    /// <summary>Model id.</summary>
    public string? Model { get; init; }

    /// <summary>Workspace of the agent.</summary>
    public string? WorkspaceDir { get; init; }

    /// <summary>Most characters of one workspace file.</summary>
    public long? BootstrapMaxChars { get; init; }

    /// <summary>Whether the run's tools were in a sandbox.</summary>
    public SystemPromptSandbox? Sandbox { get; init; }

    /// <summary>The whole prompt.</summary>
    public required SystemPromptSize SystemPrompt { get; init; }

    /// <summary>Files of the workspace that it holds or should hold.</summary>
    public required IReadOnlyList<SystemPromptFile> InjectedWorkspaceFiles { get; init; }

    /// <summary>Skills that it lists.</summary>
    public required SystemPromptSkills Skills { get; init; }

    /// <summary>Tools that the model was offered.</summary>
    public required SystemPromptTools Tools { get; init; }
}

/// <summary>Sandbox of a run.</summary>
public sealed record SystemPromptSandbox
{
    /// <summary><c>off</c>, <c>non-main</c> or <c>all</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>This run was in one.</summary>
    public bool? Sandboxed { get; init; }
}

/// <summary>Size of a system prompt.</summary>
public sealed record SystemPromptSize
{
    /// <summary>All of it.</summary>
    public required long Chars { get; init; }

    /// <summary>The part with the workspace files.</summary>
    public required long ProjectContextChars { get; init; }

    /// <summary>The rest.</summary>
    public required long NonProjectContextChars { get; init; }
}

/// <summary>A workspace file in the prompt.</summary>
public sealed record SystemPromptFile
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>It is not there; the prompt says so.</summary>
    public required bool Missing { get; init; }

    /// <summary>Size of the file.</summary>
    public required long RawChars { get; init; }

    /// <summary>Size of what the prompt holds of it.</summary>
    public required long InjectedChars { get; init; }

    /// <summary>Its middle was left out.</summary>
    public required bool Truncated { get; init; }
}

/// <summary>Skills in the prompt.</summary>
public sealed record SystemPromptSkills
{
    /// <summary>All of them.</summary>
    public required long PromptChars { get; init; }

    /// <summary>One by one.</summary>
    public required IReadOnlyList<SystemPromptSkill> Entries { get; init; }
}

/// <summary>A skill in the prompt.</summary>
public sealed record SystemPromptSkill
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Size of what is said about it.</summary>
    public required long BlockChars { get; init; }
}

/// <summary>Tools of a run.</summary>
public sealed record SystemPromptTools
{
    /// <summary>Size of their list in the prompt.</summary>
    public required long ListChars { get; init; }

    /// <summary>Size of all their schemas, which are sent beside the prompt.</summary>
    public required long SchemaChars { get; init; }

    /// <summary>One by one.</summary>
    public required IReadOnlyList<SystemPromptTool> Entries { get; init; }
}

/// <summary>A tool of a run.</summary>
public sealed record SystemPromptTool
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Size of its description.</summary>
    public required long SummaryChars { get; init; }

    /// <summary>Size of its schema.</summary>
    public required long SchemaChars { get; init; }

    /// <summary>Number of its parameters; absent when its schema tells none.</summary>
    public long? PropertiesCount { get; init; }
}
