using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenClaw.Gateway.Core.Devices;

/// <summary>A device that was approved: a row of <c>devices/paired.json</c>. Unknown properties survive a rewrite.</summary>
internal sealed record PairedDevice
{
    public required string DeviceId { get; init; }

    public required string PublicKey { get; init; }

    public string? DisplayName { get; init; }

    public string? Platform { get; init; }

    public string? ClientId { get; init; }

    public string? ClientMode { get; init; }

    public string? Role { get; init; }

    public IReadOnlyList<string>? Roles { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    public string? RemoteIp { get; init; }

    public IReadOnlyDictionary<string, DeviceToken>? Tokens { get; init; }

    public long CreatedAtMs { get; init; }

    public long ApprovedAtMs { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }

    /// <summary>All roles, whichever of the two fields an older file used.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> AllRoles => Roles ?? (Role is null ? [] : [Role]);

    /// <summary>The token for a role, live or revoked; null when there is none.</summary>
    public DeviceToken? TokenFor(string role) => Tokens?.GetValueOrDefault(role);

    /// <summary>With this token in its role's place.</summary>
    public PairedDevice With(DeviceToken token) => this with
    {
        Tokens = (Tokens ?? ImmutableDictionary<string, DeviceToken>.Empty).ToImmutableDictionary(StringComparer.Ordinal).SetItem(token.Role, token),
    };
}

/// <summary>A device's token for one role.</summary>
internal sealed record DeviceToken
{
    public required string Token { get; init; }

    public required string Role { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public long CreatedAtMs { get; init; }

    public long? RotatedAtMs { get; init; }

    public long? RevokedAtMs { get; init; }

    public long? LastUsedAtMs { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }

    [JsonIgnore]
    public long IssuedAtMs => RotatedAtMs ?? CreatedAtMs;

    /// <summary>A fresh token in place of <paramref name="old"/>.</summary>
    public static DeviceToken Issue(string role, IReadOnlyList<string> scopes, DeviceToken? old, long nowMs) => new()
    {
        Token = NewText(),
        Role = role,
        Scopes = ScopeSet.Sorted(scopes),
        CreatedAtMs = old?.CreatedAtMs ?? nowMs,
        RotatedAtMs = old is null ? null : nowMs,
        LastUsedAtMs = old?.LastUsedAtMs,
        Other = old?.Other,
    };

    /// <summary>32 hex digits, as the files of the peer have them.</summary>
    public static string NewText() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Never shows the token.</summary>
    public override string ToString() => $"DeviceToken {{ Role = {Role} }}";
}

/// <summary>A device that asks to be approved: a row of <c>devices/pending.json</c> and payload of <c>device.pair.requested</c>.</summary>
internal sealed record PairingRequest
{
    public required string RequestId { get; init; }

    public required string DeviceId { get; init; }

    public required string PublicKey { get; init; }

    public string? DisplayName { get; init; }

    public string? Platform { get; init; }

    public string? ClientId { get; init; }

    public string? ClientMode { get; init; }

    public string? Role { get; init; }

    public IReadOnlyList<string>? Roles { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    public string? RemoteIp { get; init; }

    public bool? Silent { get; init; }

    public bool IsRepair { get; init; }

    public long Ts { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(Dictionary<string, PairedDevice>))]
[JsonSerializable(typeof(Dictionary<string, PairingRequest>))]
internal sealed partial class DeviceFilesJsonContext : JsonSerializerContext;
