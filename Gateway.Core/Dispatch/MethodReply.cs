using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Gateway.Core.Dispatch;

/// <summary>A serialized answer.</summary>
/// <param name="PayloadJson">JSON of the payload; empty for none.</param>
/// <param name="Error">Null when the method succeeded.</param>
internal readonly record struct MethodReply(ReadOnlyMemory<byte> PayloadJson, ErrorShape? Error = null)
{
    public static MethodReply Failed(ErrorShape error) => new(default, error);
}
