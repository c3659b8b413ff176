using OpenClaw.Gateway.Protocol.Devices;

namespace OpenClaw.Gateway.Protocol.Tests.Devices;

public sealed class DeviceProofTests : IDisposable
{
    private const string Challenge = "c4c45687-baa0-4f59-b855-8e93d363802c";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1795234446502);
    private readonly Ed25519PrivateKey _key = Ed25519PrivateKey.Generate();
    private readonly DeviceSignaturePayload _signed;

    public DeviceProofTests() => _signed = new()
    {
        DeviceId = DeviceIdentity.Of(_key).DeviceId,
        ClientId = "cli",
        ClientMode = "cli",
        Role = "operator",
        Scopes = ["operator.admin"],
        SignedAtMs = Now.ToUnixTimeMilliseconds(),
        Token = "tok",
        Nonce = Challenge,
        Platform = "linux",
        DeviceFamily = "Linux",
    };

    public void Dispose() => _key.Dispose();

    // Recorded connects of other implementations, all accepted by the gateway that recorded them.
    [Theory]
    [InlineData("eb0cca2246f9f8c55bb30144d9aa8d9b1aafb4d61fe2bffed443a4e3e0372382", "AA-sNc7XxN5SdPsVgYmYe_Po9M5mKrPNhxbeaGFg7EA",
        "aPNMRWDFMg2Jmhj_BLJ3ACt0t1CCN3zcqy1NkpENfC6OmWDP9MIDSk2OH5ljjWFsKhUaJoJUkDHgMrsa6s5mAg",
        1795234446502, "c4c45687-baa0-4f59-b855-8e93d363802c", "operator.admin")]
    [InlineData("33e6be62b96413afc0c9aff42415b1c848ecf6a03591dccafea8b101dd2f8bad", "S1o5ejcIovJSowgj-X6V2eB_A_9DdHmTuFYagS6f2lA",
        "Ipr-sqGOV76-N3swq_OvUt4jvUoFWcSaM1kXF1PZFovgJFj2Y9cFQRBs2zIlO32gQgeAYRgkvXCvguRIdnq2DA", 1795234560316, null, null)]
    [InlineData("26e0d322301baeead9560e320948fe829a0cfae7348e80ad62af1ca1817114bb",
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAQFbah+FYV/15F9vnfKBS29nJDTSPfKmTCkHkpXT7caM=\n-----END PUBLIC KEY-----\n",
        "VveJpOXA24ZQACeXSZXpWhKH76eT2Ve6eaQ6hKtPiDbn7Qj8EfDDNtVtZ1lEcHG3mhwGhTmQLrTIAMbmZgNaAA",
        1795234560846, "76425362-d973-4ef6-adeb-f760b679ef48", null)]
    public void Check_RecordedConnect_IsProven(string id, string publicKey, string signature, long signedAt, string? nonce, string? scope)
    {
        var proof = new DeviceProof { PublicKey = publicKey, Signature = signature, Nonce = nonce };
        var signed = new DeviceSignaturePayload
        {
            DeviceId = id,
            ClientId = "test",
            ClientMode = "test",
            Role = "operator",
            Scopes = scope is null ? [] : [scope],
            SignedAtMs = signedAt,
            Token = "tok-abc",
        };

        var result = proof.Check(signed, nonce ?? Challenge, local: true, DateTimeOffset.FromUnixTimeMilliseconds(signedAt), out var identity);

        Assert.Equal(DeviceProofResult.Proven, result);
        Assert.Equal(id, identity?.DeviceId);
    }

    [Fact]
    public void Check_EveryPayloadVersion_IsProvenWhereItMayBeUsed()
    {
        Assert.Equal(DeviceProofResult.Proven, Check(_signed.V2(), Challenge, local: false));
        Assert.Equal(DeviceProofResult.Proven, Check(_signed.V3(), Challenge, local: false));
        Assert.Equal(DeviceProofResult.Proven, Check(_signed.V2(), "  " + Challenge + "\n", local: false));
        Assert.Equal(DeviceProofResult.Proven, Check(_signed.V1(), null, local: true));
        Assert.Equal(DeviceProofResult.Proven, Check(_signed.V1(), "  ", local: true));
    }

    [Fact]
    public void Check_VersionWithoutNonceWhereThereIsOne_IsInvalid()
    {
        Assert.Equal(DeviceProofResult.SignatureInvalid, Check(_signed.V1(), Challenge, local: true));
        Assert.Equal(DeviceProofResult.SignatureInvalid, Check(_signed.V2(), null, local: true));
    }

    [Theory]
    [InlineData(null, false, DeviceProofResult.NonceRequired)]
    [InlineData(" ", false, DeviceProofResult.NonceRequired)]
    [InlineData("c4c45687-baa0-4f59-b855-8e93d363802d", false, DeviceProofResult.NonceMismatch)]
    [InlineData("c4c45687-baa0-4f59-b855-8e93d363802d", true, DeviceProofResult.NonceMismatch)]
    [InlineData("C4C45687-BAA0-4F59-B855-8E93D363802C", true, DeviceProofResult.NonceMismatch)]
    public void Check_Nonce_MustBeTheOneOfThisSocket(string? nonce, bool local, DeviceProofResult expected) =>
        Assert.Equal(expected, Check(_signed.V2(), nonce, local));

    [Theory]
    [InlineData(-600_000, DeviceProofResult.Proven)]
    [InlineData(600_000, DeviceProofResult.Proven)]
    [InlineData(-600_001, DeviceProofResult.SignatureExpired)]
    [InlineData(600_001, DeviceProofResult.SignatureExpired)]
    public void Check_Clock_MayBeTenMinutesOff(long offMs, DeviceProofResult expected) =>
        Assert.Equal(expected, Check(_signed with { SignedAtMs = _signed.SignedAtMs + offMs }));

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Check_AbsurdTimes_AreExpired(long signedAt) =>
        Assert.Equal(DeviceProofResult.SignatureExpired, Check(_signed with { SignedAtMs = signedAt }));

    [Fact]
    public void Check_AnyOtherFieldChanged_IsInvalid()
    {
        DeviceSignaturePayload[] changed =
        [
            _signed with { ClientId = "test" },
            _signed with { ClientMode = "ui" },
            _signed with { Role = "node" },
            _signed with { Scopes = ["operator.read"] },
            _signed with { Scopes = [] },
            _signed with { SignedAtMs = _signed.SignedAtMs + 1 },
            _signed with { Token = "other" },
            _signed with { Token = null },
        ];

        foreach (var claim in changed)
            Assert.Equal(DeviceProofResult.SignatureInvalid, Proof(_signed.V2(), Challenge).Check(claim, Challenge, local: false, Now, out _));
    }

    [Fact]
    public void Check_IdOfAnotherKey_IsIdentityMismatch()
    {
        using var other = Ed25519PrivateKey.Generate();
        Assert.Equal(DeviceProofResult.IdentityMismatch, Check(_signed with { DeviceId = DeviceIdentity.Of(other).DeviceId }));
        Assert.Equal(DeviceProofResult.IdentityMismatch, Check(_signed with { DeviceId = _signed.DeviceId.ToUpperInvariant() }));
    }

    [Fact]
    public void Check_NotProven_GivesNoIdentity()
    {
        Proof("something else", Challenge).Check(_signed, Challenge, local: false, Now, out var identity);
        Assert.Null(identity);
    }

    private DeviceProof Proof(string payload, string? nonce) => new()
    {
        PublicKey = DeviceIdentity.Of(_key).PublicKeyText,
        Signature = DeviceIdentity.Sign(_key, payload),
        Nonce = nonce,
    };

    private DeviceProofResult Check(string payload, string? nonce, bool local) =>
        Proof(payload, nonce).Check(_signed, Challenge, local, Now, out _);

    private DeviceProofResult Check(DeviceSignaturePayload signed) =>
        Proof(signed.V2(), Challenge).Check(signed, Challenge, local: false, Now, out _);
}
