namespace OpenClaw.Gateway.Core.Channels.Inbound;

/// <summary>What became of a message of a channel.</summary>
/// <param name="IsDone">It needs nothing more; else it has to come again.</param>
/// <param name="Delay">When.</param>
/// <param name="Failure">Why, when the attempt counts; null when it is nobody's fault.</param>
internal readonly record struct InboundOutcome(bool IsDone, TimeSpan Delay = default, string? Failure = null)
{
    public static InboundOutcome Done => new(true);

    /// <summary>Not now.</summary>
    public static InboundOutcome Later(TimeSpan delay) => new(false, delay);

    public static InboundOutcome Failed(string reason) => new(false, Failure: reason);
}
