namespace OpenClaw.Gateway.Client.Identity;

/// <summary>A token that a gateway gave to this device for one role.</summary>
/// <param name="Token">The secret.</param>
/// <param name="Scopes">What it allows, trimmed, without duplicates, in ordinal order.</param>
/// <param name="UpdatedAtMs">When it was stored, Unix milliseconds; null when the file does not say.</param>
public sealed record DeviceToken(string Token, IReadOnlyList<string> Scopes, long? UpdatedAtMs)
{
    /// <summary>Never the secret.</summary>
    public override string ToString() => "device token";
}
