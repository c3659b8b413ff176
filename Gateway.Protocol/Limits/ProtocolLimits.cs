namespace OpenClaw.Gateway.Protocol.Limits;

/// <summary>Numbers of the wire contract. Sizes are bytes, times milliseconds, unless the name says otherwise.</summary>
public static class ProtocolLimits
{
    /// <summary>Oldest protocol generation that is served.</summary>
    public const int OldestVersion = 3;

    /// <summary>Newest protocol generation that is served.</summary>
    public const int NewestVersion = 4;

    /// <summary>Largest inbound message: 524 288 bytes are accepted, one more closes with 1009.</summary>
    public const int MaxPayloadBytes = 512 * 1024;

    /// <summary>Largest first message: nobody is known yet (protocol 4's bound; connect requests have some 2 KiB).</summary>
    public const int MaxHandshakeBytes = 64 * 1024;

    /// <summary>Unsent bytes a connection may pile up before it counts as slow (1.5 MiB).</summary>
    public const int MaxBufferedBytes = 1536 * 1024;

    /// <summary>Interval of the <c>tick</c> event.</summary>
    public const int TickIntervalMs = 30_000;

    /// <summary>Time from the open socket to <c>hello-ok</c>.</summary>
    public const int HandshakeTimeoutMs = 10_000;

    /// <summary>A close reason carries at most this many UTF-8 bytes (RFC 6455 allows 123; the peer cuts at 120).</summary>
    public const int MaxCloseReasonBytes = 120;

    /// <summary>Accepted distance of a device signature's clock from ours.</summary>
    public const int DeviceSignatureSkewMs = 600_000;

    /// <summary>Nesting depth beyond which a frame is refused instead of read.</summary>
    public const int MaxDepth = 512;

    /// <summary>Largest JSON text of a <c>chat.history</c> answer; the oldest messages are left out beyond it.</summary>
    public const int MaxHistoryBytes = 6 * 1024 * 1024;

    /// <summary>Least time between two <c>chat</c> deltas of one run.</summary>
    public const int ChatDeltaIntervalMs = 150;

    /// <summary>Longest <c>errorMessage</c> of a chat event and longest text of a handler error, in UTF-16 units, before <c>...</c>.</summary>
    public const int MaxErrorTextChars = 240;

    /// <summary>Largest attachment of a chat or agent message, decoded.</summary>
    public const int MaxAttachmentBytes = 5_000_000;
}
