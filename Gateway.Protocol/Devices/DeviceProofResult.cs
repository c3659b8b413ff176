namespace OpenClaw.Gateway.Protocol.Devices;

/// <summary>What became of a device's proof of identity. The values are in the order in which they are checked.</summary>
public enum DeviceProofResult
{
    /// <summary>The device owns the key, and signed this connect.</summary>
    Proven,

    /// <summary>The key cannot be read, or the id is not the hash of the key: <c>device identity mismatch</c>.</summary>
    IdentityMismatch,

    /// <summary>The device's clock is too far from ours: <c>device signature expired</c>.</summary>
    SignatureExpired,

    /// <summary>A remote device gave no nonce: <c>device nonce required</c>.</summary>
    NonceRequired,

    /// <summary>The nonce is not the one of this socket's challenge: <c>device nonce mismatch</c>.</summary>
    NonceMismatch,

    /// <summary>The signature is not by this key over this connect: <c>device signature invalid</c>.</summary>
    SignatureInvalid,
}
