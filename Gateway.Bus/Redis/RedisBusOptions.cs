namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>Settings of the bus on Redis.</summary>
public sealed class RedisBusOptions
{
    /// <summary>
    /// Where Redis is, in the form of StackExchange.Redis: <c>host:6379,password=…,ssl=true,sslHost=…,defaultDatabase=0</c>.
    /// One server (or a name that moves with it). May hold a secret and is never logged.
    /// </summary>
    public string Configuration { get; set; } = "";

    /// <summary>
    /// What all keys and channels start with, so that several gateways can share a server: 1 to 64 characters, no braces; <c>openclaw:</c>
    /// by default, with <c>db2:</c> and so on behind it for another database than the first, because channels know no databases.
    /// </summary>
    public string KeyPrefix { get; set; } = "openclaw:";

    /// <summary>
    /// What all processes of one gateway have in common and those of another have not, such as a hash of their secret: 1 to 128 characters.
    /// Processes with another one get no connection to the same database and prefix. Null, the default, is not checked.
    /// </summary>
    public string? Membership { get; set; }

    /// <summary>How long a gateway keeps its place after its last process has ended, 1 s to 10 min; 15 s by default.</summary>
    public TimeSpan MembershipTimeToLive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Absolute path of a PEM file with the certificates to trust for TLS, instead of the system's; null for the system's.</summary>
    public string? CertificateAuthorityFile { get; set; }

    /// <summary>How long one command may take before it fails as unavailable, 100 ms to 60 s; 2 s by default.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the connection is tried, 50 ms to 10 s; 500 ms by default. With <see cref="ProbeTimeout"/> this bounds how late health knows.</summary>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long Redis may be silent before it counts as gone, 100 ms to 10 s; 1.2 s by default.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromMilliseconds(1200);

    /// <summary>The longest pause between attempts to connect, 100 ms to 1 min; 2 s by default. Half of each pause is random.</summary>
    public TimeSpan MaxReconnectDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Silence after which a queue's consumer is taken for dead and its messages go to others, 500 ms to 10 min; 6 s by
    /// default. A living one reports three times as often. The same time must pass after an outage first.
    /// </summary>
    public TimeSpan ClaimTimeout { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>Largest message, request or answer, in bytes: 1 KiB to 256 MiB; 16 MiB by default. Redis cuts a subscriber off that has 32 MiB waiting, unless its client-output-buffer-limit says more.</summary>
    public int MaxPayloadBytes { get; set; } = 16 << 20;

    /// <summary>Most entries of one map, 1 to 10 000 000; 100 000 by default.</summary>
    public int MaxMapEntries { get; set; } = 100_000;

    /// <summary>Largest value in a map, in bytes: 1 KiB to 64 MiB; 1 MiB by default.</summary>
    public int MaxMapValueBytes { get; set; } = 1 << 20;

    /// <summary>Largest payload of a queue entry, in bytes: 1 KiB to 64 MiB; 8 MiB by default. Media travels as a reference, not in the queue.</summary>
    public int MaxQueueEntryBytes { get; set; } = 8 << 20;

    /// <summary>Most entries of one queue, dead letters included: 1 to 10 000 000; 100 000 by default.</summary>
    public int MaxQueueEntries { get; set; } = 100_000;

    /// <summary>Most bytes of live entries of one queue: 1 MiB to 1 TiB; 1 GiB by default. They are in the memory of Redis.</summary>
    public long MaxQueueBytes { get; set; } = 1L << 30;

    /// <summary>Most dead letters of one queue, 1 to 1 000 000; 1 000 by default. The oldest makes room, and that is logged.</summary>
    public int MaxDeadLetters { get; set; } = 1000;
}
