namespace OpenClaw.Gateway.Bus;

/// <summary>Event ids of the bus: 2000 to 2099. An id keeps its meaning for good.</summary>
internal static class BusEvents
{
    public const int CallHandlerFailed = 2000;

    public const int LeaseCallbackFailed = 2010;
    public const int FencingStateDamaged = 2011;
    public const int FencingStateUnwritable = 2012;

    public const int QueueAttemptFailed = 2020;
    public const int QueueAttemptException = 2021;
    public const int QueueDeadLetter = 2022;
    public const int QueueExpired = 2023;
    public const int QueueDeadLetterEvicted = 2024;
    public const int QueueOpened = 2025;
    public const int QueueOpenFailed = 2026;
    public const int QueueEntryUnreadable = 2027;
    public const int QueueConsumerBroken = 2028;

    public const int JournalTornTail = 2040;
    public const int JournalDamage = 2041;
    public const int JournalSegmentUnreadable = 2042;
    public const int JournalWriteFailed = 2043;
    public const int JournalHealed = 2044;
    public const int JournalCutFailed = 2045;
    public const int JournalDeleteFailed = 2046;
    public const int JournalBroken = 2047;
    public const int JournalDamageNotKept = 2048;

    public const int RedisConnected = 2060;
    public const int RedisDisconnected = 2061;
    public const int RedisRefuses = 2062;
    public const int RedisAcceptsAgain = 2063;
    public const int RedisNotDurable = 2064;
    public const int RedisEvicts = 2065;
    public const int RedisQueueClaimLost = 2066;
    public const int RedisAnswerLost = 2067;
    public const int RedisMessageMissing = 2068;
    public const int RedisMalformedMessage = 2069;
    public const int RedisRecoveryFailed = 2070;
}
