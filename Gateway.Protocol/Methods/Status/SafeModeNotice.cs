using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Status;

/// <summary>The gateway crashed again and again, and holds its channels and jobs back.</summary>
[OpenObject]
public sealed record SafeModeNotice
{
    /// <summary>Why, and until when, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>When it began, Unix milliseconds.</summary>
    public required long SinceMs { get; init; }

    /// <summary>When it ends if the gateway stands until then, Unix milliseconds.</summary>
    public required long UntilMs { get; init; }
}
