using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Gateway.Client.Connections;

/// <summary>Something that happened on a connection, in the order in which it happened.</summary>
public abstract record GatewayNotice;

/// <summary>An event of the gateway.</summary>
/// <param name="Name">Event name.</param>
/// <param name="Payload">JSON text of the payload; empty when there is none.</param>
/// <param name="Seq">Number of the broadcast; null for events outside the sequence.</param>
public sealed record GatewayEvent(string Name, ReadOnlyMemory<byte> Payload, long? Seq) : GatewayNotice;

/// <summary>
/// Events are missing before the next one: the gateway skipped them, or they were dropped here because nobody read them in time.
/// They are not sent again: ask for <c>health</c> and <c>system-presence</c>.
/// </summary>
/// <param name="Expected">Number that should have come.</param>
/// <param name="Received">Number that came.</param>
public sealed record GatewaySeqGap(long Expected, long Received) : GatewayNotice;

/// <summary>A connection is up, and its snapshot replaces everything known before.</summary>
/// <param name="Hello">The gateway's greeting.</param>
public sealed record GatewayConnected(GatewayHello Hello) : GatewayNotice
{
    /// <summary>What the user should know besides, see <see cref="GatewayConnection.Warnings"/>.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>A connection ended, or an attempt failed.</summary>
/// <param name="Reason">For people: the text of the exception that a request would have got.</param>
/// <param name="Close">How it ended; null when an attempt ended in another way, e.g. by a timeout.</param>
/// <param name="Error">The gateway's refusal of <c>connect</c>, if that was the reason.</param>
/// <param name="RetryIn">When the next attempt starts; null when there will be none.</param>
public sealed record GatewayDisconnected(string Reason, GatewayClose? Close, ErrorShape? Error, TimeSpan? RetryIn) : GatewayNotice;
