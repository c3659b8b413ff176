using OpenClaw.Gateway.Protocol.Devices;

namespace OpenClaw.Gateway.Protocol.Tests.Devices;

/// <summary>A proof that is right but for one thing is wrong; every such change is tried, in every generation of the signed text.</summary>
public sealed class DeviceProofMutationTests
{
    private const string Nonce = "2509ea6b-1a7d-460a-9737-a3ab7d5be2d0";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1795234561380);

    private readonly Ed25519PrivateKey _key = Ed25519PrivateKey.FromSeed(new byte[32]);
    private readonly DeviceSignaturePayload _signed;

    public DeviceProofMutationTests()
    {
        _signed = new DeviceSignaturePayload
        {
            DeviceId = DeviceIdentity.Of(_key).DeviceId,
            ClientId = "cli",
            ClientMode = "cli",
            Role = "operator",
            Scopes = ["operator.read", "operator.write"],
            SignedAtMs = Now.ToUnixTimeMilliseconds(),
            Token = "b42c560e4203486195e47a46cbb933c4",
            Nonce = Nonce,
            Platform = "linux",
            DeviceFamily = "Linux",
        };
    }

    public static TheoryData<string> Versions => ["v1", "v2", "v3"];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Check_Unchanged_IsProven(string version) => Assert.Equal(DeviceProofResult.Proven, Check(version, _signed, Proof(version)));

    [Theory]
    [MemberData(nameof(Versions))]
    public void Check_OneBitOfTheSignature_IsNotProven(string version)
    {
        var right = Proof(version);
        var bytes = Decode(right.Signature);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(DeviceProofResult.SignatureInvalid, Check(version, _signed, right with { Signature = Encode(bytes) }));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Check_OneBitOfTheKey_IsNotProven(string version)
    {
        var right = Proof(version);
        var bytes = Decode(right.PublicKey);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(DeviceProofResult.IdentityMismatch, Check(version, _signed, right with { PublicKey = Encode(bytes) }));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Check_AnotherFieldThanWasSigned_IsNotProven(string version)
    {
        var right = Proof(version);
        DeviceSignaturePayload[] changed =
        [
            _signed with { ClientId = "cli2" },
            _signed with { ClientMode = "ui" },
            _signed with { Role = "node" },
            _signed with { Scopes = ["operator.admin"] },
            _signed with { Scopes = ["operator.write", "operator.read"] },
            _signed with { Scopes = [] },
            _signed with { SignedAtMs = _signed.SignedAtMs + 1 },
            _signed with { Token = null },
            _signed with { Token = _signed.Token + "0" },
            // A field may not flow over into its neighbour.
            _signed with { ClientId = "cli|cli", ClientMode = "operator" },
        ];
        Assert.All(changed, other => Assert.Equal(DeviceProofResult.SignatureInvalid, Check(version, other, right)));
    }

    [Theory]
    [InlineData("v2")]
    [InlineData("v3")]
    public void Check_NonceOfAnotherSocket_IsNotProven(string version)
    {
        var right = Proof(version);
        for (var i = 0; i < Nonce.Length; i++)
        {
            var other = Nonce[..i] + (Nonce[i] == '0' ? '1' : '0') + Nonce[(i + 1)..];
            Assert.Equal(DeviceProofResult.NonceMismatch, Check(version, _signed, right with { Nonce = other }));
            // Even when that nonce is what this socket asks for: the signature was made for the other one.
            Assert.Equal(DeviceProofResult.SignatureInvalid, (right with { Nonce = other }).Check(_signed, other, local: true, Now, out _));
        }
    }

    [Fact]
    public void Check_SignatureOfOneGenerationAsAnother_IsNotProven()
    {
        Assert.Equal(DeviceProofResult.SignatureInvalid, Check("v1", _signed, Proof("v2") with { Nonce = null }));
        Assert.Equal(DeviceProofResult.SignatureInvalid, Check("v1", _signed, Proof("v3") with { Nonce = null }));
        Assert.Equal(DeviceProofResult.SignatureInvalid, Check("v2", _signed, Proof("v1") with { Nonce = Nonce }));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Check_TimeBeyondTheSkew_IsExpired_UpToTheEndsOfTime(int direction)
    {
        long[] beyond = [direction * (10 * 60 * 1000L + 1), direction * long.MaxValue / 2, direction < 0 ? long.MinValue : long.MaxValue - Now.ToUnixTimeMilliseconds()];
        foreach (var offset in beyond)
        {
            var signed = _signed with { SignedAtMs = unchecked(Now.ToUnixTimeMilliseconds() + offset) };
            var proof = new DeviceProof { PublicKey = DeviceIdentity.Of(_key).PublicKeyText, Signature = DeviceIdentity.Sign(_key, signed.V2()), Nonce = Nonce };
            Assert.Equal(DeviceProofResult.SignatureExpired, proof.Check(signed, Nonce, local: true, Now, out _));
        }
    }

    private DeviceProof Proof(string version) => new()
    {
        PublicKey = DeviceIdentity.Of(_key).PublicKeyText,
        Signature = DeviceIdentity.Sign(_key, version switch { "v1" => _signed.V1(), "v2" => _signed.V2(), _ => _signed.V3() }),
        Nonce = version == "v1" ? null : Nonce,
    };

    private static DeviceProofResult Check(string version, DeviceSignaturePayload signed, DeviceProof proof)
    {
        var result = proof.Check(signed, Nonce, local: version == "v1", Now, out var identity);
        Assert.Equal(result is DeviceProofResult.Proven, identity is not null);
        return result;
    }

    private static byte[] Decode(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
