namespace OpenClaw.Gateway.Protocol.Devices;

/// <summary>
/// Which 32-byte strings may serve as a public key. OpenSSL also takes points of small order, whose multiples are
/// so few that anybody can produce signatures for them, and y coordinates that were not reduced modulo the field prime,
/// which give one key several ids.
/// </summary>
internal static class PointEncoding
{
    // y coordinates (little endian, sign bit clear) of the points whose order divides 8. y = 0 (order 4), 1 (order 1),
    // p - 1 (order 2) and the two of order 8; the unreduced spellings of the first two fail the range check.
    private static readonly byte[][] SmallOrder =
    [
        Convert.FromHexString("0000000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("0100000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Convert.FromHexString("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        Convert.FromHexString("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    ];

    public static bool IsTrustworthy(ReadOnlySpan<byte> key)
    {
        if (key.Length != Ed25519.PublicKeySize)
            return false;
        Span<byte> y = stackalloc byte[Ed25519.PublicKeySize];
        key.CopyTo(y);
        y[^1] &= 0x7f;
        if (!IsBelowPrime(y))
            return false;
        foreach (var point in SmallOrder)
        {
            if (y.SequenceEqual(point))
                return false;
        }
        return true;
    }

    // p = 2^255 - 19 is ed ff … ff 7f, little endian.
    private static bool IsBelowPrime(ReadOnlySpan<byte> y) =>
        y[^1] != 0x7f || y[1..^1].IndexOfAnyExcept((byte)0xff) >= 0 || y[0] < 0xed;
}
