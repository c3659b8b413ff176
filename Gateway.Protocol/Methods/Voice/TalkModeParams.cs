namespace OpenClaw.Gateway.Protocol.Methods.Voice;

/// <summary>Params of <c>talk.mode</c>.</summary>
public sealed record TalkModeParams
{
    /// <summary>Whether people talk with the agent.</summary>
    public required bool Enabled { get; init; }

    /// <summary>What happens at the moment, e.g. <c>listening</c>.</summary>
    public string? Phase { get; init; }
}
