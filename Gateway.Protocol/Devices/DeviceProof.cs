namespace OpenClaw.Gateway.Protocol.Devices;

/// <summary>The <c>device</c> object of a connect, and the check of it that a gateway makes.</summary>
public sealed record DeviceProof
{
    /// <summary>How far a device's clock may be from the gateway's in either direction: what the clients of protocol 3 rely on.</summary>
    public static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(10);

    /// <summary>Characters of nonce that are looked at; ours have 36.</summary>
    public const int MaxNonceLength = 256;

    /// <summary>Public key text, see <see cref="DeviceIdentity.TryParse"/>.</summary>
    public required string PublicKey { get; init; }

    /// <summary>Signature text, see <see cref="DeviceIdentity.Verify"/>.</summary>
    public required string Signature { get; init; }

    /// <summary>The nonce as sent; surrounding white space is not part of it.</summary>
    public string? Nonce { get; init; }

    /// <summary>
    /// Checks the proof. <paramref name="signed"/> holds the connect's other fields; its nonce is not read.
    /// Accepts signature texts v3 and v2 with the challenge's nonce, and v1 without a nonce from <paramref name="local"/> clients.
    /// </summary>
    /// <param name="signed">The fields that the signature covers, as the connect gave them.</param>
    /// <param name="challengeNonce">The nonce sent on this socket.</param>
    /// <param name="local">Whether the client is on this machine and came through no proxy.</param>
    /// <param name="now">The gateway's time.</param>
    /// <param name="identity">The proven identity, null for any other result.</param>
    /// <exception cref="PlatformNotSupportedException">OpenSSL is missing or refuses Ed25519.</exception>
    public DeviceProofResult Check(
        DeviceSignaturePayload signed, string challengeNonce, bool local, DateTimeOffset now, out DeviceIdentity? identity)
    {
        ArgumentNullException.ThrowIfNull(signed);
        identity = null;
        if (!DeviceIdentity.TryParse(PublicKey, out var claimed) || claimed.DeviceId != signed.DeviceId)
            return DeviceProofResult.IdentityMismatch;
        if (!IsFresh(signed.SignedAtMs, now))
            return DeviceProofResult.SignatureExpired;
        var hasNonce = !string.IsNullOrWhiteSpace(Nonce);
        if (!hasNonce && !local)
            return DeviceProofResult.NonceRequired;
        if (hasNonce && (Nonce!.Length > MaxNonceLength || Nonce.Trim() != challengeNonce))
            return DeviceProofResult.NonceMismatch;
        if (!IsSigned(claimed, signed with { Nonce = challengeNonce }, hasNonce))
            return DeviceProofResult.SignatureInvalid;
        identity = claimed;
        return DeviceProofResult.Proven;
    }

    // Differences of hostile 64-bit times may overflow, so the bounds are compared instead.
    private static bool IsFresh(long signedAtMs, DateTimeOffset now) =>
        signedAtMs >= now.ToUnixTimeMilliseconds() - (long)MaxSkew.TotalMilliseconds
        && signedAtMs <= now.ToUnixTimeMilliseconds() + (long)MaxSkew.TotalMilliseconds;

    private bool IsSigned(DeviceIdentity claimed, DeviceSignaturePayload signed, bool hasNonce) =>
        hasNonce
            ? claimed.Verify(signed.V2(), Signature) || claimed.Verify(signed.V3(), Signature)
            : claimed.Verify(signed.V1(), Signature);
}
