using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpenClaw.Gateway.Core.Cluster;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Protocol.Frames;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Core.Broadcasting;

/// <summary>
/// Sends events to all connections: numbered once, serialized once, never waiting for anybody. The other cores of the gateway are
/// told, and deliver by the same rules.
/// </summary>
internal sealed class Broadcaster(ConnectionRegistry connections, StateVersions versions, RelayOutbox outbox)
{
    private readonly Lock _order = new();
    private long _seq;
    private long _dropped;
    private long _closedSlow;

    /// <summary>Events that slow clients did not get.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Clients that were closed for being slow.</summary>
    public long ClosedSlow => Interlocked.Read(ref _closedSlow);

    /// <summary>Sends an event to every connection that <see cref="EventDelivery"/> admits.</summary>
    /// <param name="name">Name of the event.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="type">Its JSON metadata.</param>
    /// <param name="whenSlow">For a client that is behind, when this one event differs from the rule.</param>
    /// <param name="reach">Whose clients, when this one event differs from the rule.</param>
    /// <exception cref="ArgumentException">The event has no delivery rule.</exception>
    public void Broadcast<T>(string name, T payload, JsonTypeInfo<T> type, WhenSlow? whenSlow = null, Reach? reach = null) =>
        Broadcast(name, JsonSerializer.SerializeToUtf8Bytes(payload, type), whenSlow, reach);

    /// <inheritdoc cref="Broadcast{T}"/>
    public void Broadcast(string name, ReadOnlyMemory<byte> payloadJson, WhenSlow? whenSlow = null, Reach? reach = null)
    {
        var rule = EventDelivery.Of(name);
        Deliver(rule, payloadJson, whenSlow, tellOthers: (reach ?? rule.Reach) is Reach.Gateway);
    }

    /// <summary>Delivers an event that another core told.</summary>
    /// <exception cref="ArgumentException">The event has no delivery rule here.</exception>
    public void BroadcastForeign(string name, ReadOnlyMemory<byte> payloadJson, WhenSlow? whenSlow) =>
        Deliver(EventDelivery.Of(name), payloadJson, whenSlow, tellOthers: false);

    /// <summary>Leaves out a number, for events that were lost on their way here: a client that counts sees that it missed something.</summary>
    public void SkipNumber()
    {
        lock (_order)
            _seq++;
    }

    private void Deliver(EventRule rule, ReadOnlyMemory<byte> payloadJson, WhenSlow? whenSlow, bool tellOthers)
    {
        // Number and queueing under one lock: every client sees rising numbers.
        lock (_order)
        {
            if (tellOthers)
                outbox.Post(RelayKind.Event, rule.Name, payloadJson, whenSlow is { } slow ? slow is WhenSlow.Drop : null);
            var seq = ++_seq;
            ReadOnlyMemory<byte> frame = default;
            foreach (var connection in connections.All)
            {
                if (connection.Identity is not { } identity || !rule.Admits(identity))
                    continue;
                if (frame.IsEmpty)
                    frame = Serialize(rule.Name, payloadJson, seq, rule.WithStateVersion);
                Send(connection, frame, whenSlow ?? rule.WhenSlow);
            }
        }
    }

    /// <summary>Sends an event to one connection, outside the sequence. False when it is too far behind, or closing.</summary>
    public static bool SendTo(GatewayConnection connection, string name, ReadOnlyMemory<byte> payloadJson)
    {
        // Whoever is that far behind has missed more than this.
        if (connection.Outbound.QueuedEventBytes > ProtocolLimits.MaxBufferedBytes)
            return false;
        var output = new ArrayBufferWriter<byte>(payloadJson.Length + 64);
        FrameWriter.WriteEvent(output, Encoding.UTF8.GetBytes(name), payloadJson.Span);
        return connection.Outbound.Enqueue(new OutboundMessage(output.WrittenMemory));
    }

    private ReadOnlyMemory<byte> Serialize(string name, ReadOnlyMemory<byte> payloadJson, long seq, bool withStateVersion)
    {
        var output = new ArrayBufferWriter<byte>(payloadJson.Length + 160);
        FrameWriter.WriteEvent(
            output, Encoding.UTF8.GetBytes(name), payloadJson.Span, seq, withStateVersion ? versions.Presence : null, withStateVersion ? versions.Health : null);
        return output.WrittenMemory;
    }

    private void Send(GatewayConnection connection, ReadOnlyMemory<byte> frame, WhenSlow whenSlow)
    {
        if (connection.Outbound.QueuedEventBytes <= ProtocolLimits.MaxBufferedBytes)
        {
            connection.Outbound.Enqueue(new OutboundMessage(frame));
            return;
        }
        if (whenSlow is WhenSlow.Drop)
        {
            Interlocked.Increment(ref _dropped);
            return;
        }
        if (connection.CloseInBackground(CloseCodes.PolicyViolation, "slow consumer", discard: true))
            Interlocked.Increment(ref _closedSlow);
    }
}
