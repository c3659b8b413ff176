using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OpenClaw.Gateway.Protocol.Devices;

/// <summary>Compares tokens and passwords without telling by its duration how much of the offered one was right.</summary>
public static class SecretComparer
{
    /// <summary>Whether the secrets are the same text, compared by UTF-16 unit. False when either is null or empty: no secret opens nothing.</summary>
    public static bool Matches(string? offered, string? expected)
    {
        if (string.IsNullOrEmpty(offered) || string.IsNullOrEmpty(expected))
            return false;
        Span<byte> offeredHash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> expectedHash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(offered.AsSpan()), offeredHash);
        SHA256.HashData(MemoryMarshal.AsBytes(expected.AsSpan()), expectedHash);
        return CryptographicOperations.FixedTimeEquals(offeredHash, expectedHash);
    }
}
