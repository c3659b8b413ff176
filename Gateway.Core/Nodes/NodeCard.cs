using System.Text.Json.Serialization;
using OpenClaw.Gateway.Protocol.Connect;

namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>What a connected node says of itself, as all cores of the gateway know it.</summary>
internal sealed record NodeCard
{
    /// <summary>The device, or the client's id for a node without one.</summary>
    public required string Id { get; init; }

    public required ConnectClient Client { get; init; }

    /// <summary>Capabilities, sorted.</summary>
    public required IReadOnlyList<string> Caps { get; init; }

    /// <summary>Commands as the node declared them, sorted; which of them it may be asked for is another matter.</summary>
    public required IReadOnlyList<string> Declared { get; init; }

    /// <summary>Address, only of nodes that are not on their core's machine.</summary>
    public string? RemoteIp { get; init; }

    public string? PathEnv { get; init; }

    public IReadOnlyDictionary<string, bool>? Permissions { get; init; }

    public required long ConnectedAtMs { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NodeCard))]
[JsonSerializable(typeof(RemoteNodeCall))]
[JsonSerializable(typeof(NodeCallOutcome))]
internal sealed partial class NodeClusterJson : JsonSerializerContext;
