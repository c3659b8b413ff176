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
