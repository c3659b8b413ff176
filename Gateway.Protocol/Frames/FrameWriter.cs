using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Json;

namespace OpenClaw.Gateway.Protocol.Frames;

/// <summary>Writes response and event frames around payloads that are JSON already.</summary>
public static class FrameWriter
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = ProtocolJson.Encoder, SkipValidation = true };

    /// <summary>Writes an <c>ok:true</c> response. An empty payload is left out.</summary>
    public static void WriteOk(IBufferWriter<byte> output, ReadOnlySpan<byte> idJson, ReadOnlySpan<byte> payloadJson)
    {
        output.Write("{\"type\":\"res\",\"id\":"u8);
        output.Write(idJson);
        output.Write(",\"ok\":true"u8);
        WritePayload(output, payloadJson);
        output.Write("}"u8);
    }

    /// <summary>Writes an <c>ok:false</c> response. An empty payload is left out.</summary>
    public static void WriteError(IBufferWriter<byte> output, ReadOnlySpan<byte> idJson, ErrorShape error, ReadOnlySpan<byte> payloadJson = default)
    {
        output.Write("{\"type\":\"res\",\"id\":"u8);
        output.Write(idJson);
        output.Write(",\"ok\":false"u8);
        WritePayload(output, payloadJson);
        output.Write(",\"error\":"u8);
        using (var writer = new Utf8JsonWriter(output, WriterOptions))
            JsonSerializer.Serialize(writer, error, ProtocolJson.Context.ErrorShape);
        output.Write("}"u8);
    }

    /// <summary>Writes an event.</summary>
    /// <param name="output">Receives the frame.</param>
    /// <param name="name">Event name; one of <see cref="Events.EventNames"/>, so it needs no escaping.</param>
    /// <param name="payloadJson">Payload; left out when empty.</param>
    /// <param name="seq">Broadcast number, or null for an event outside the sequence.</param>
    /// <param name="presenceVersion">With <paramref name="healthVersion"/>: the state versions, or null.</param>
    /// <param name="healthVersion">See <paramref name="presenceVersion"/>.</param>
    public static void WriteEvent(
        IBufferWriter<byte> output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> payloadJson, long? seq = null, long? presenceVersion = null, long? healthVersion = null)
    {
        output.Write("{\"type\":\"event\",\"event\":\""u8);
        output.Write(name);
        output.Write("\""u8);
        WritePayload(output, payloadJson);
        if (seq is { } number)
        {
            output.Write(",\"seq\":"u8);
            WriteNumber(output, number);
        }
        if (presenceVersion is { } presence && healthVersion is { } health)
        {
            output.Write(",\"stateVersion\":{\"presence\":"u8);
            WriteNumber(output, presence);
            output.Write(",\"health\":"u8);
            WriteNumber(output, health);
            output.Write("}"u8);
        }
        output.Write("}"u8);
    }

    private static void WritePayload(IBufferWriter<byte> output, ReadOnlySpan<byte> payloadJson)
    {
        if (payloadJson.IsEmpty)
            return;
        output.Write(",\"payload\":"u8);
        output.Write(payloadJson);
    }

    private static void WriteNumber(IBufferWriter<byte> output, long value)
    {
        var span = output.GetSpan(20);
        if (!Utf8Formatter.TryFormat(value, span, out var written))
            throw new InvalidOperationException("A long needs at most 20 bytes.");
        output.Advance(written);
    }
}
