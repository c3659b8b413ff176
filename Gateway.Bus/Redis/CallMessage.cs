using System.Buffers.Binary;
using System.Text;
using OpenClaw.Gateway.Bus.Calls;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>Kinds of messages between the two ends of a call.</summary>
internal enum CallMessageKind : byte
{
    Request = 1,
    Cancel = 2,
    Answer = 3,
    Failure = 4,
}

/// <summary>
/// A message between the two ends of a call: kind, id of the call, a number (milliseconds to the deadline of a request,
/// outcome of a failure), the peer's name with its length before it, and the rest.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Call">The call it belongs to.</param>
/// <param name="Number">Milliseconds or outcome.</param>
/// <param name="ReplyTo">Instance that waits for the answer to a request; empty otherwise.</param>
/// <param name="Payload">Request, answer, or the text of a failure.</param>
internal readonly record struct CallMessage(CallMessageKind Kind, Guid Call, int Number, string ReplyTo, ReadOnlyMemory<byte> Payload)
{
    private const int HeaderLength = 1 + 16 + 4 + 1;

    public byte[] Encode()
    {
        var bytes = new byte[HeaderLength + ReplyTo.Length + Payload.Length];
        bytes[0] = (byte)Kind;
        Call.TryWriteBytes(bytes.AsSpan(1));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(17), Number);
        bytes[21] = (byte)ReplyTo.Length;
        Encoding.ASCII.GetBytes(ReplyTo, bytes.AsSpan(HeaderLength));
        Payload.Span.CopyTo(bytes.AsSpan(HeaderLength + ReplyTo.Length));
        return bytes;
    }

    /// <summary>Null for what is not such a message.</summary>
    public static CallMessage? Decode(byte[] bytes)
    {
        if (bytes.Length < HeaderLength || bytes[0] is < (byte)CallMessageKind.Request or > (byte)CallMessageKind.Failure || bytes.Length < HeaderLength + bytes[21])
            return null;
        return new CallMessage(
            (CallMessageKind)bytes[0],
            new Guid(bytes.AsSpan(1, 16)),
            BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(17)),
            Encoding.ASCII.GetString(bytes, HeaderLength, bytes[21]),
            bytes.AsMemory(HeaderLength + bytes[21]));
    }

    public static CallMessage Failure(Guid call, CallOutcome outcome, string error) =>
        new(CallMessageKind.Failure, call, (int)outcome, "", Encoding.UTF8.GetBytes(error));

    /// <summary>The result that an answer or a failure stands for.</summary>
    public CallResult ToResult()
    {
        if (Kind == CallMessageKind.Answer)
            return CallResult.Answer(Payload);
        var outcome = Enum.IsDefined((CallOutcome)Number) ? (CallOutcome)Number : CallOutcome.ServerFailed;
        return CallResult.Failure(outcome, Encoding.UTF8.GetString(Payload.Span));
    }
}
