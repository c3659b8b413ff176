using OpenClaw.Gateway.Protocol.Devices;

namespace OpenClaw.Gateway.Protocol.Tests.Devices;

public sealed class DeviceSignaturePayloadTests
{
    private static readonly DeviceSignaturePayload Full = new()
    {
        DeviceId = "id",
        ClientId = "cli",
        ClientMode = "probe",
        Role = "operator",
        Scopes = ["operator.write", "operator.admin"],
        SignedAtMs = 1795234446502,
        Token = "tök",
        Nonce = "n-1",
        Platform = " Linux ",
        DeviceFamily = "İMac\tPRO ",
    };

    private static readonly DeviceSignaturePayload Bare = new()
    {
        DeviceId = "id",
        ClientId = "node-host",
        ClientMode = "node",
        Role = "node",
        Scopes = [],
        SignedAtMs = 0,
    };

    [Fact]
    public void V1_AllFields_HasNoNonce() =>
        Assert.Equal("v1|id|cli|probe|operator|operator.write,operator.admin|1795234446502|tök", Full.V1());

    [Fact]
    public void V2_AllFields_EndsWithTheNonce() =>
        Assert.Equal("v2|id|cli|probe|operator|operator.write,operator.admin|1795234446502|tök|n-1", Full.V2());

    [Fact]
    public void V3_AllFields_TrimsAndLowersOnlyAsciiLetters() =>
        Assert.Equal("v3|id|cli|probe|operator|operator.write,operator.admin|1795234446502|tök|n-1|linux|İmac\tpro", Full.V3());

    [Fact]
    public void Payloads_NoOptionalFields_KeepTheirSeparators()
    {
        Assert.Equal("v1|id|node-host|node|node||0|", Bare.V1());
        Assert.Equal("v2|id|node-host|node|node||0||", Bare.V2());
        Assert.Equal("v3|id|node-host|node|node||0||||", Bare.V3());
    }

    [Fact]
    public void ToString_WithToken_DoesNotShowIt() =>
        Assert.DoesNotContain("tök", Full.ToString(), StringComparison.Ordinal);
}
