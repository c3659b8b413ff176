using OpenClaw.Gateway.Protocol.Devices;

namespace OpenClaw.Gateway.Protocol.Tests.Devices;

public sealed class Ed25519PemTests
{
    // Written by Node 22: crypto.createPrivateKey(...).export({type:"pkcs8"}) and the SPKI export of its public key.
    private const string NodePrivatePem =
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIE+YSsm66Mwo/tQ54P5sP6n3qi8yFSP+lt1d0bduc5Jp\n-----END PRIVATE KEY-----\n";
    private const string NodePublicPem =
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAFWISZ28IgxC7/iQlJYKLLGiKGTjVMaUxz1xgfHjTKs0=\n-----END PUBLIC KEY-----\n";

    [Fact]
    public void Pem_OfNode_IsReadAndWrittenByteForByte()
    {
        using var key = Ed25519PrivateKey.TryFromPem(NodePrivatePem);

        Assert.NotNull(key);
        Assert.Equal(NodePrivatePem, key.ToPkcs8Pem());
        Assert.Equal(NodePublicPem, key.ToSpkiPem());
        Assert.True(DeviceIdentity.TryParse(NodePublicPem, out var identity));
        Assert.Equal(DeviceIdentity.Of(key), identity);
    }

    [Theory]
    [InlineData("v2|id|cli|cli|operator|operator.admin,operator.pairing|1795234446502|tök|nonce",
        "PEVekDgwExTk05WpgB_DbxfN55FRf0vnRT7woEX-7324Ok2GxmQiMvR_ZLEcHTHpmsEZwgGpX1_b-v5_XvXlCQ")]
    [InlineData("", "KVVRnYoXOJdoSJwyi_pJ36Y0p-mg6TonMr-T1WZnf9O90v9Oc74RxAK6iKPtM7mRyb4ZdEOztweoPjD6sCIcCA")]
    public void Sign_SameKeyAsNode_GivesNodesSignature(string payload, string nodeSignature)
    {
        using var key = Ed25519PrivateKey.TryFromPem(NodePrivatePem);

        Assert.NotNull(key);
        Assert.Equal(nodeSignature, DeviceIdentity.Sign(key, payload));
        Assert.True(DeviceIdentity.Of(key).Verify(payload, nodeSignature));
        Assert.True(DeviceIdentity.Of(key).Verify(payload, nodeSignature.Replace('-', '+').Replace('_', '/') + "=="));
    }

    [Fact]
    public void Pem_WithWindowsLineEndings_IsRead()
    {
        using var key = Ed25519PrivateKey.TryFromPem(NodePrivatePem.ReplaceLineEndings("\r\n"));
        Assert.NotNull(key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIE+YSsm66Mwo/tQ54P5sP6n3qi8yFSP+lt1d0bduc5Jp\n")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIE+YSsm66Mwo/tQ54P5sP6n3qi8yFSP+lt1d0bduc5J\n-----END PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIE+YSsm66Mwo/tQ54P5sP6n3qi8yFSP+lt1d0bduc5Jp\n-----END EC PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VuBCIEIE+YSsm66Mwo/tQ54P5sP6n3qi8yFSP+lt1d0bduc5Jp\n-----END PRIVATE KEY-----\n")] // X25519
    [InlineData(NodePublicPem)]
    public void TryFromPem_NotAnEd25519PrivateKey_IsNull(string pem) => Assert.Null(Ed25519PrivateKey.TryFromPem(pem));

    [Fact]
    public void TryFromPem_TextBeyondTheBound_IsNull() =>
        Assert.Null(Ed25519PrivateKey.TryFromPem(NodePrivatePem + new string(' ', Ed25519Pem.MaxLength)));
}
