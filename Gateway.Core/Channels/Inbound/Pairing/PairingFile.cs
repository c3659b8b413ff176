using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Pairing;

/// <summary>A sender that waits to be approved.</summary>
/// <param name="Id">Its id in the channel.</param>
/// <param name="Code">What the owner is told.</param>
/// <param name="CreatedAt">ISO time; the request ends an hour later.</param>
/// <param name="LastSeenAt">ISO time of the last message.</param>
public sealed record ChannelPairingRequest(string Id, string Code, string CreatedAt, string LastSeenAt)
{
    /// <summary>What the sender calls itself; not to be believed.</summary>
    public JsonObject? Meta { get; init; }
}

/// <summary><c>&lt;channel&gt;-pairing.json</c>.</summary>
internal sealed record PairingRequestsFile(int Version, IReadOnlyList<ChannelPairingRequest> Requests);

/// <summary><c>&lt;channel&gt;-allowFrom.json</c>.</summary>
internal sealed record AllowFromFile(int Version, IReadOnlyList<string> AllowFrom);

/// <summary>The JSON of the pairing files, and of what is shown of them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(PairingRequestsFile))]
[JsonSerializable(typeof(AllowFromFile))]
[JsonSerializable(typeof(ChannelPairingRequest))]
internal sealed partial class PairingJsonContext : JsonSerializerContext;
