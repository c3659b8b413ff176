using FsCheck;
using FsCheck.Fluent;
using OpenClaw.Gateway.Protocol.Devices;

namespace OpenClaw.Gateway.Protocol.Tests.Devices;

/// <summary>Whatever arrives where a key, a signature or a nonce belongs: it is refused, and nothing throws.</summary>
public sealed class DeviceHostileInputTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1795234446502);
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void TryParse_AnyText_NeitherThrowsNorInventsAnIdentity() =>
        Prop.ForAll<string?>(text => !DeviceIdentity.TryParse(text, out var identity) || identity.DeviceId.Length == 64).Check(Runs);

    [Fact]
    public void TryParse_BytesOfAnyOtherLength_IsFalse() =>
        Prop.ForAll<byte[]>(bytes => bytes.Length == 32
            || (!DeviceIdentity.TryParse(Convert.ToBase64String(bytes), out _) && !DeviceIdentity.TryParse(Pem(bytes), out _))).Check(Runs);

    [Fact]
    public void TryParse_PemWithDamage_IsFalseOrTheSameKey()
    {
        using var key = Ed25519PrivateKey.Generate();
        var pem = key.ToSpkiPem();
        var same = DeviceIdentity.Of(key);
        var damage =
            from at in Gen.Choose(0, pem.Length - 1)
            from with in Gen.Elements('\0', ' ', '-', '=', 'A', 'é', '\n', '\ud800')
            from how in Gen.Elements("replace", "insert", "cut")
            select how switch
            {
                "replace" => pem[..at] + with + pem[(at + 1)..],
                "insert" => pem[..at] + with + pem[at..],
                _ => pem[..at],
            };

        // White space inside base64 is legal, and a replaced character of the body makes another well-formed key.
        Prop.ForAll(damage.ToArbitrary(), text =>
            !DeviceIdentity.TryParse(text, out var identity) || identity.Equals(same) || text.Length == pem.Length).Check(Runs);
    }

    [Fact]
    public void TryParse_HugeText_IsRefusedUnread()
    {
        Assert.False(DeviceIdentity.TryParse(new string('A', 10_000_000), out _));
        Assert.False(DeviceIdentity.TryParse("-----BEGIN PUBLIC KEY-----" + new string('A', 10_000_000), out _));
    }

    [Fact]
    public void Verify_AnySignatureText_IsFalse()
    {
        using var key = Ed25519PrivateKey.Generate();
        var identity = DeviceIdentity.Of(key);
        Prop.ForAll<string?>(signature => !identity.Verify("payload", signature)).Check(Runs);
        Prop.ForAll<byte[]>(signature => !identity.Verify("payload", Convert.ToBase64String(signature))).Check(Runs);
        var sized = Gen.ArrayOf(ArbMap.Default.GeneratorFor<byte>(), Ed25519.SignatureSize).ToArbitrary();
        Prop.ForAll(sized, signature => !identity.Verify("payload", Convert.ToBase64String(signature))).Check(Runs);
        Assert.False(identity.Verify("payload", new string('A', 10_000_000)));
    }

    [Fact]
    public void Verify_AnyKeyBytes_AcceptsNoSignatureOfAnotherKey()
    {
        using var key = Ed25519PrivateKey.Generate();
        var signature = key.Sign([1]);
        var keys = Gen.ArrayOf(ArbMap.Default.GeneratorFor<byte>(), Ed25519.PublicKeySize).ToArbitrary();
        Prop.ForAll(keys, other => !Ed25519.Verify(other, [1], signature)).Check(Runs);
    }

    [Fact]
    public void Check_AnyDeviceObject_IsNeverProven() =>
        Prop.ForAll<(string Key, string Signature, string? Nonce), long, bool>((device, signedAt, local) =>
        {
            var proof = new DeviceProof { PublicKey = device.Key ?? "", Signature = device.Signature ?? "", Nonce = device.Nonce };
            var result = proof.Check(Signed(new string('0', 64), signedAt), "nonce", local, Now, out var identity);
            return result != DeviceProofResult.Proven && identity is null;
        }).Check(Runs);

    [Fact]
    public void Check_AnyNonceButOurs_IsNeverProvenForRemoteDevices()
    {
        using var key = Ed25519PrivateKey.Generate();
        var signed = Signed(DeviceIdentity.Of(key).DeviceId, Now.ToUnixTimeMilliseconds());
        Prop.ForAll<string?>(nonce =>
        {
            var proof = new DeviceProof
            {
                PublicKey = DeviceIdentity.Of(key).PublicKeyText,
                Signature = DeviceIdentity.Sign(key, (signed with { Nonce = nonce }).V2()),
                Nonce = nonce,
            };
            return proof.Check(signed, "the-nonce", local: false, Now, out _)
                is DeviceProofResult.NonceMismatch or DeviceProofResult.NonceRequired;
        }).Check(Runs);
    }

    private static DeviceSignaturePayload Signed(string deviceId, long signedAt) => new()
    {
        DeviceId = deviceId,
        ClientId = "cli",
        ClientMode = "cli",
        Role = "operator",
        Scopes = [],
        SignedAtMs = signedAt,
    };

    private static string Pem(byte[] bytes) =>
        "-----BEGIN PUBLIC KEY-----\n" + Convert.ToBase64String(bytes) + "\n-----END PUBLIC KEY-----\n";
}
