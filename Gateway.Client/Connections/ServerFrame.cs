using System.Text.Json;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Client.Connections;

/// <summary>A frame from the gateway, its JSON values as slices of the message.</summary>
internal sealed record ServerFrame
{
    public static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = ProtocolLimits.MaxDepth };

    /// <summary>Set for a response.</summary>
    public string? Id { get; init; }

    /// <summary>Set for an event.</summary>
    public string? Event { get; init; }

    public bool Ok { get; init; }

    public ErrorShape? Error { get; init; }

    public ReadOnlyMemory<byte> Payload { get; init; }

    public long? Seq { get; init; }
}
