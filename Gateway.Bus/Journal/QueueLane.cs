namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>
/// The messages of one key that wait, in order; the first may be in flight. A lane is in the ready list, with a
/// consumer, waiting for its timer, or parked: in one place at a time, which is what keeps one message per key in flight.
/// </summary>
internal sealed class QueueLane
{
    public Queue<QueueItem> Items { get; } = new();

    /// <summary>Its turn has come while its first message is being dropped: it goes on when that has ended.</summary>
    public bool IsParked { get; set; }

    /// <summary>Runs while the first message's retry is not due.</summary>
    public ITimer? Timer { get; set; }
}
