using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Status;

/// <summary>Params of <c>wake</c>.</summary>
public sealed record WakeParams
{
    /// <summary>When the agent is to look at it.</summary>
    [OneOf("now", "next-heartbeat")]
    public required string Mode { get; init; }

    /// <summary>What the main session is told.</summary>
    [NonEmpty]
    public required string Text { get; init; }
}

/// <summary>Params of <c>update.run</c>.</summary>
public sealed record UpdateRunParams
{
    /// <summary>Session that is told afterwards.</summary>
    public string? SessionKey { get; init; }

    /// <summary>What it is told.</summary>
    public string? Note { get; init; }

    /// <summary>Milliseconds until the restart.</summary>
    [Bounds(0)]
    public long? RestartDelayMs { get; init; }

    /// <summary>How long the update may take, in milliseconds.</summary>
    [Bounds(1)]
    public long? TimeoutMs { get; init; }
}

/// <summary>Params of <c>wizard.start</c>.</summary>
public sealed record WizardStartParams
{
    /// <summary>What is set up.</summary>
    [OneOf("local", "remote")]
    public string? Mode { get; init; }

    /// <summary>Workspace to propose.</summary>
    public string? Workspace { get; init; }
}

/// <summary>Params of <c>wizard.cancel</c> and <c>wizard.status</c>.</summary>
public sealed record WizardSessionParams
{
    /// <summary>The wizard's session.</summary>
    [NonEmpty]
    public required string SessionId { get; init; }
}

/// <summary>Params of <c>wizard.next</c>.</summary>
public sealed record WizardNextParams
{
    /// <summary>The wizard's session.</summary>
    [NonEmpty]
    public required string SessionId { get; init; }

    /// <summary>Answer to its last step.</summary>
    public WizardAnswer? Answer { get; init; }
}

/// <summary>An answer to a step.</summary>
public sealed record WizardAnswer
{
    /// <summary>The step.</summary>
    [NonEmpty]
    public required string StepId { get; init; }

    /// <summary>What was chosen or typed.</summary>
    public System.Text.Json.JsonElement? Value { get; init; }
}
