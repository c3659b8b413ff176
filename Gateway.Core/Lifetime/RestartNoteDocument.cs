using System.Text.Json.Serialization;
using OpenClaw.Gateway.Protocol.Methods.Config;

namespace OpenClaw.Gateway.Core.Lifetime;

/// <summary>The file of a <see cref="RestartNote"/>.</summary>
internal sealed record RestartNoteDocument
{
    public const int Known = 1;

    public required int Version { get; init; }

    public required RestartSentinel Payload { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(RestartNoteDocument))]
internal sealed partial class RestartNoteJson : JsonSerializerContext;
