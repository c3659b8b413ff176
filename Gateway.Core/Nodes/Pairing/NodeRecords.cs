using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenClaw.Gateway.Core.Nodes.Pairing;

/// <summary>What a node says about itself.</summary>
internal abstract record NodeDescription
{
    public required string NodeId { get; init; }

    public string? DisplayName { get; init; }

    public string? Platform { get; init; }

    public string? Version { get; init; }

    public string? CoreVersion { get; init; }

    public string? UiVersion { get; init; }

    public string? DeviceFamily { get; init; }

    public string? ModelIdentifier { get; init; }

    public IReadOnlyList<string>? Caps { get; init; }

    public IReadOnlyList<string>? Commands { get; init; }

    public IReadOnlyDictionary<string, bool>? Permissions { get; init; }

    public string? RemoteIp { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

/// <summary>A node that waits for a decision: a row of <c>nodes/pending.json</c>.</summary>
internal sealed record NodePairingRequest : NodeDescription
{
    public required string RequestId { get; init; }

    public bool? Silent { get; init; }

    public bool IsRepair { get; init; }

    public long Ts { get; init; }
}

/// <summary>A node that was approved: a row of <c>nodes/paired.json</c>. Unknown properties survive a rewrite.</summary>
internal sealed record PairedNode : NodeDescription
{
    public required string Token { get; init; }

    public IReadOnlyList<string>? Bins { get; init; }

    public long CreatedAtMs { get; init; }

    public long ApprovedAtMs { get; init; }

    public long? LastConnectedAtMs { get; init; }

    /// <summary>Never shows the token.</summary>
    public override string ToString() => $"PairedNode {{ NodeId = {NodeId} }}";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(Dictionary<string, NodePairingRequest>))]
[JsonSerializable(typeof(Dictionary<string, PairedNode>))]
internal sealed partial class NodeFilesJsonContext : JsonSerializerContext;
