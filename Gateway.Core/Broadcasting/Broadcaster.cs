using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Protocol.Frames;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Core.Broadcasting;

/// <summary>What happens to a client that is behind when an event comes.</summary>
internal enum WhenSlow
{
    /// <summary>It misses the event and sees a gap in <c>seq</c>.</summary>
    Drop,

    /// <summary>It is closed with 1008 <c>slow consumer</c>.</summary>
    Close,
}

/// <summary>Sends events to all connections: numbered once, serialized once, never waiting for anybody.</summary>
internal sealed class Broadcaster(ConnectionRegistry connections, StateVersions versions)
{
    private readonly Lock _order = new();
    private long _seq;
    private long _dropped;
    private long _closedSlow;

    /// <summary>Events that slow clients did not get.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Clients that were closed for being slow.</summary>
    public long ClosedSlow => Interlocked.Read(ref _closedSlow);

    /// <summary>Sends an event to every connection that <paramref name="allowed"/> admits.</summary>
    public void Broadcast<T>(
        string name, T payload, JsonTypeInfo<T> type, WhenSlow whenSlow, Func<ConnectionIdentity, bool>? allowed = null, bool withStateVersion = false) =>
        Broadcast(name, JsonSerializer.SerializeToUtf8Bytes(payload, type), whenSlow, allowed, withStateVersion);

    /// <inheritdoc cref="Broadcast{T}"/>
    public void Broadcast(
        string name, ReadOnlyMemory<byte> payloadJson, WhenSlow whenSlow, Func<ConnectionIdentity, bool>? allowed = null, bool withStateVersion = false)
    {
        // Number and queueing under one lock: every client sees rising numbers.
        lock (_order)
        {
            var seq = ++_seq;
            ReadOnlyMemory<byte> frame = default;
            foreach (var connection in connections.All)
            {
                if (connection.Identity is not { } identity || allowed?.Invoke(identity) == false)
                    continue;
                if (frame.IsEmpty)
                    frame = Serialize(name, payloadJson, seq, withStateVersion);
                Send(connection, frame, whenSlow);
            }
        }
    }

    /// <summary>Sends an event to one connection, outside the sequence.</summary>
    public static void SendTo(GatewayConnection connection, string name, ReadOnlyMemory<byte> payloadJson)
    {
        // Whoever is that far behind has missed more than this.
        if (connection.Outbound.QueuedEventBytes > ProtocolLimits.MaxBufferedBytes)
            return;
        var output = new ArrayBufferWriter<byte>(payloadJson.Length + 64);
        FrameWriter.WriteEvent(output, Encoding.UTF8.GetBytes(name), payloadJson.Span);
        connection.Outbound.Enqueue(new OutboundMessage(output.WrittenMemory));
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
