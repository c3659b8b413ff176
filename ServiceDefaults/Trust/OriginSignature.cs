using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpenClaw.ServiceDefaults.Trust;

/// <summary>What came of reading a signed origin.</summary>
public enum SignatureCheck
{
    /// <summary>A service of ours said so.</summary>
    Valid = 1,

    /// <summary>This process has no secret to check with.</summary>
    NoSecret,

    /// <summary>Not of the form that our services write.</summary>
    Malformed,

    /// <summary>Made with another secret, or changed on the way.</summary>
    Wrong,

    /// <summary>Too old, or from the future: the clocks differ, or somebody kept it.</summary>
    Stale,
}

/// <summary>
/// A client's origin as one service tells it to another: readable fields and a signature (HMAC-SHA256) over them and the request's
/// <c>Host</c>. Form: <c>v1;unix seconds;address;local 0 or 1;scheme;signature in base64url</c>.
/// </summary>
public static class OriginSignature
{
    /// <summary>Header that carries it. No proxy of ours lets one of a client through.</summary>
    public const string HeaderName = "X-OpenClaw-Client";

    /// <summary>In the place of a signature, in a probe of a service that has no secret.</summary>
    private const string Unsigned = "unsigned";

    /// <summary>How far apart the clocks of two machines may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(2);

    /// <summary>The header's value; null without a secret.</summary>
    /// <param name="secret">Secret of the composition.</param>
    /// <param name="origin">What to vouch for.</param>
    /// <param name="host"><c>Host</c> header of the request.</param>
    /// <param name="now">Time of the signature.</param>
    public static string? Sign(ServiceSecret secret, ClientOrigin origin, string host, DateTimeOffset now)
    {
        if (secret.Key is not { } key)
            return null;
        var fields = string.Create(CultureInfo.InvariantCulture, $"v1;{now.ToUnixTimeSeconds()};{origin.Address};{(origin.IsLocal ? 1 : 0)};{origin.Scheme}");
        return $"{fields};{Mac(key, fields, host)}";
    }

    /// <summary>The header's value in a probe between services: it is accepted where the same secret is, or none on either side.</summary>
    /// <param name="secret">Secret of the composition.</param>
    /// <param name="host"><c>Host</c> header of the request.</param>
    /// <param name="now">Time of the signature.</param>
    public static string ForProbe(ServiceSecret secret, string host, DateTimeOffset now) =>
        Sign(secret, new ClientOrigin("probe", IsLocal: false, "http"), host, now) ?? Unsigned;

    /// <summary>Whether the value claims nothing, and was sent to somebody who could not check it either.</summary>
    internal static bool IsUnsigned(ServiceSecret secret, string value) => secret.Key is null && value == Unsigned;

    /// <summary>Reads and checks a header's value.</summary>
    /// <param name="secret">Secret of the composition.</param>
    /// <param name="value">Value of the header.</param>
    /// <param name="host"><c>Host</c> header of the request.</param>
    /// <param name="now">Time of the check.</param>
    /// <param name="origin">The origin when valid.</param>
    public static SignatureCheck Check(ServiceSecret secret, string value, string host, DateTimeOffset now, out ClientOrigin origin)
    {
        origin = default;
        if (secret.Key is not { } key)
            return SignatureCheck.NoSecret;
        var parts = value.Split(';');
        if (parts is not ["v1", var time, var address, "0" or "1", "http" or "https", var mac]
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > uint.MaxValue)
            return SignatureCheck.Malformed;
        var fields = value[..value.LastIndexOf(';')];
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Mac(key, fields, host)), Encoding.UTF8.GetBytes(mac)))
            return SignatureCheck.Wrong;
        if ((now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > MaxAge)
            return SignatureCheck.Stale;
        origin = new ClientOrigin(address, parts[3] == "1", parts[4]);
        return SignatureCheck.Valid;
    }

    private static string Mac(byte[] key, string fields, string host) =>
        System.Buffers.Text.Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{fields}\n{host}")));
}
