using OpenClaw.Gateway.Bus.Leases;

namespace OpenClaw.Gateway.Bus.Queues;

/// <summary>Something to append to a queue.</summary>
public sealed record QueueEntry
{
    /// <summary>The longest key, in characters.</summary>
    public const int MaxKeyLength = 1024;

    /// <summary>Entries with the same key keep their order. Empty: no order, waits for nobody. At most <see cref="MaxKeyLength"/> characters.</summary>
    public string Key { get; init; } = "";

    /// <summary>
    /// What the entry belongs to, a conversation for example; empty for nothing. At most <see cref="MaxKeyLength"/> characters. Unlike those of a
    /// key, entries of a series do not wait for each other: a delivery only says which of them came before and is not settled yet.
    /// </summary>
    public string Series { get; init; } = "";

    /// <summary>The longest <see cref="DeduplicationId"/>, in characters.</summary>
    public const int MaxDeduplicationIdLength = 512;

    /// <summary>
    /// How long a <see cref="DeduplicationId"/> is remembered: what the provider of a channel keeps for us when we are away (Telegram: 24 h)
    /// comes again within it. In process the last 20 000 of a queue are remembered at most.
    /// </summary>
    public static readonly TimeSpan DeduplicationWindow = TimeSpan.FromHours(24);

    /// <summary>
    /// Names the work, so that it is stored once however often it is appended, over crashes and restarts too: an entry whose id was appended to
    /// this queue within <see cref="DeduplicationWindow"/> is not stored, and its outcome is <see cref="AppendOutcome.Duplicate"/>. Empty: nothing
    /// is looked for. At most <see cref="MaxDeduplicationIdLength"/> characters.
    /// </summary>
    public string DeduplicationId { get; init; } = "";

    /// <summary>Most <see cref="FurtherDeduplicationIds"/>.</summary>
    public const int MaxFurtherDeduplicationIds = 64;

    /// <summary>
    /// More names, of work that was put together of things each of which may come again by itself: the entry is stored only when none of its names is
    /// known, and all of them are from then on, in one step. Which are known, <see cref="AppendResult.KnownIds"/> says.
    /// </summary>
    public IReadOnlyList<string> FurtherDeduplicationIds { get; init; } = [];

    /// <summary>The work itself.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>
    /// When set, 1 ms to 365 days: an entry whose turn comes later than this after its append is not delivered any
    /// more, but dropped, counted and logged, unless the consumer wants those (<see cref="QueueConsumerOptions.DeliversExpired"/>). A delivery that has begun is not cut short.
    /// </summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>
    /// When set, the entry is only stored while this lease, taken on the same bus, is held: checked by its fencing token
    /// in the same step as the append, so an owner that was paused and overtaken cannot append late.
    /// </summary>
    public ILease? Lease { get; init; }

    /// <summary>All its names, each once.</summary>
    internal IReadOnlyList<string> DeduplicationIds => FurtherDeduplicationIds.Count > 0
        ? [.. FurtherDeduplicationIds.Prepend(DeduplicationId).Where(static id => id.Length > 0).Distinct(StringComparer.Ordinal)]
        : DeduplicationId.Length > 0 ? [DeduplicationId] : [];

    /// <summary>Keys and names are no longer than they may be.</summary>
    internal bool FitsNames =>
        Key.Length <= MaxKeyLength && Series.Length <= MaxKeyLength && DeduplicationId.Length <= MaxDeduplicationIdLength
        && FurtherDeduplicationIds.Count <= MaxFurtherDeduplicationIds && FurtherDeduplicationIds.All(static id => id.Length <= MaxDeduplicationIdLength);

    internal void Check()
    {
        if (TimeToLive is { } timeToLive)
            OptionRange.Check("entry", OptionRange.Error(nameof(TimeToLive), timeToLive, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(365)));
    }
}
