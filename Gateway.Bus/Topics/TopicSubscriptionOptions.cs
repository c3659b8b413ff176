namespace OpenClaw.Gateway.Bus.Topics;

/// <summary>How much may wait for one slow subscriber before messages are dropped.</summary>
public sealed record TopicSubscriptionOptions
{
    internal static TopicSubscriptionOptions Default { get; } = new();

    /// <summary>Messages, 1 to 1 000 000. 1 024 is some seconds of a busy gateway's events.</summary>
    public int Capacity { get; init; } = 1024;

    /// <summary>Bytes of payload, 1 KiB to 1 GiB. The newest message is kept even if it alone is larger. 16 MiB by default.</summary>
    public long CapacityBytes { get; init; } = 16 << 20;

    internal void Check() => OptionRange.Check(
        "options",
        OptionRange.Error(nameof(Capacity), Capacity, 1, 1_000_000),
        OptionRange.Error(nameof(CapacityBytes), CapacityBytes, 1 << 10, 1 << 30));
}
