namespace OpenClaw.Gateway.Bus.InProcess;

/// <summary>Settings of the in-process bus.</summary>
public sealed class InProcessBusOptions
{
    /// <summary>Absolute path of the directory that holds the journals of the queues. Created when missing, owned by one process at a time.</summary>
    public string StateDirectory { get; set; } = "";

    /// <summary>Largest message, request or answer, in bytes: 1 KiB to 1 GiB; 32 MiB by default, which carries a whole chat history.</summary>
    public int MaxPayloadBytes { get; set; } = 32 << 20;

    /// <summary>Most entries of one map, 1 to 10 000 000; 100 000 by default.</summary>
    public int MaxMapEntries { get; set; } = 100_000;

    /// <summary>Largest value in a map, in bytes: 1 KiB to 64 MiB; 1 MiB by default.</summary>
    public int MaxMapValueBytes { get; set; } = 1 << 20;

    /// <summary>Largest payload of a queue entry, in bytes: 1 KiB to 64 MiB; 8 MiB by default. Media travels as a reference, not in the queue.</summary>
    public int MaxQueueEntryBytes { get; set; } = 8 << 20;

    /// <summary>Most entries of one queue, dead letters included: 1 to 10 000 000; 100 000 by default.</summary>
    public int MaxQueueEntries { get; set; } = 100_000;

    /// <summary>Most bytes of live entries of one queue: 1 MiB to 1 TiB; 1 GiB by default. The journal on disk takes at most about three times this.</summary>
    public long MaxQueueBytes { get; set; } = 1L << 30;

    /// <summary>Most dead letters of one queue, 1 to 1 000 000; 1 000 by default. The oldest makes room, and that is logged.</summary>
    public int MaxDeadLetters { get; set; } = 1000;

    /// <summary>Size of a journal file in bytes, 64 KiB to 256 MiB; 4 MiB by default. One per queue is allocated ahead, so this much disk is the least a queue takes.</summary>
    public int JournalSegmentBytes { get; set; } = 4 << 20;
}
