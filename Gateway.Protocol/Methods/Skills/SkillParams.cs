using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Skills;

/// <summary>Params of <c>skills.status</c>.</summary>
public sealed record SkillsStatusParams
{
    /// <summary>The agent; the default one when absent.</summary>
    [NonEmpty]
    public string? AgentId { get; init; }
}

/// <summary>Params of <c>skills.install</c>.</summary>
public sealed record SkillsInstallParams
{
    /// <summary>The skill.</summary>
    [NonEmpty]
    public required string Name { get; init; }

    /// <summary>Which of its ways to install what it needs.</summary>
    [NonEmpty]
    public required string InstallId { get; init; }

    /// <summary>How long that may take, in milliseconds.</summary>
    [Bounds(1000)]
    public long? TimeoutMs { get; init; }
}

/// <summary>Params of <c>skills.update</c>. What is absent stays.</summary>
public sealed record SkillsUpdateParams
{
    /// <summary>The skill.</summary>
    [NonEmpty]
    public required string SkillKey { get; init; }

    /// <summary>Whether it may be used.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Its API key; blank removes it.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Variables it gets; a blank value removes one.</summary>
    public IReadOnlyDictionary<string, string>? Env { get; init; }
}

/// <summary>Result of <c>skills.update</c>.</summary>
public sealed record SkillsUpdateResult
{
    /// <summary>Always true.</summary>
    public required bool Ok { get; init; }

    /// <summary>The skill.</summary>
    public required string SkillKey { get; init; }

    /// <summary>What is configured for it now.</summary>
    public required System.Text.Json.JsonElement Config { get; init; }
}
