using OpenClaw.Gateway.Core.Buffers;

namespace OpenClaw.Gateway.Core.Connections;

/// <summary>A serialized frame: either shared by many connections, or pooled and owned by one.</summary>
internal readonly struct OutboundMessage : IDisposable
{
    /// <summary>RFC 6455, 5.5.2: final frame, opcode 9, no mask, no payload.</summary>
    private static readonly byte[] PingFrame = [0x89, 0x00];

    private readonly ReadOnlyMemory<byte> _shared;
    private readonly PooledBufferWriter? _owned;

    /// <summary>A frame that other connections send too.</summary>
    public OutboundMessage(ReadOnlyMemory<byte> shared) => _shared = shared;

    /// <summary>A frame of one connection; the buffer goes back to the pool after sending.</summary>
    public OutboundMessage(PooledBufferWriter owned) => (_owned, Length) = (owned, owned.WrittenCount);

    private OutboundMessage(byte[] frame, Action onSent) => (_shared, OnSent) = (frame, onSent);

    /// <summary>A WebSocket ping.</summary>
    public static OutboundMessage Ping(Action onSent) => new(PingFrame, onSent);

    /// <summary>Set for a frame that goes to the transport as it is, and is called when that has taken it; null for the text of a message.</summary>
    public Action? OnSent { get; }

    /// <summary>True for events; answers are bounded by reading no further requests.</summary>
    public bool IsEvent => _owned is null;

    public ReadOnlyMemory<byte> Memory => _owned?.WrittenMemory ?? _shared;

    public int Length { get => field == 0 ? _shared.Length : field; }

    public void Dispose() => _owned?.Dispose();
}
