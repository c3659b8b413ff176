using OpenClaw.Gateway.Protocol.Devices;

namespace OpenClaw.Gateway.Protocol.Tests.Devices;

public sealed class DeviceIdentityTests
{
    // Computed by Node 22 from the key in Ed25519PemTests.
    private const string Id = "db5a70f76f5179aebcc5ef626ee31fd5842414a03c7c74873e87fb84686eb4d8";
    private const string Text = "FWISZ28IgxC7_iQlJYKLLGiKGTjVMaUxz1xgfHjTKs0";

    [Theory]
    [InlineData("FWISZ28IgxC7_iQlJYKLLGiKGTjVMaUxz1xgfHjTKs0")]
    [InlineData("FWISZ28IgxC7_iQlJYKLLGiKGTjVMaUxz1xgfHjTKs0=")]
    [InlineData("FWISZ28IgxC7/iQlJYKLLGiKGTjVMaUxz1xgfHjTKs0=")]
    [InlineData(" FWISZ28IgxC7/iQlJYKLLGiKGTjVMaUxz1xgfHjTKs0\n")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAFWISZ28IgxC7/iQlJYKLLGiKGTjVMaUxz1xgfHjTKs0=\n-----END PUBLIC KEY-----\n")]
    [InlineData("-----BEGIN PUBLIC KEY-----\r\nMCowBQYDK2VwAyEAFWISZ28IgxC7/iQlJYKLLGiKGTjVMaUxz1xgfHjTKs0=\r\n-----END PUBLIC KEY-----")]
    public void TryParse_EverySpelling_GivesTheSameIdentity(string spelling)
    {
        Assert.True(DeviceIdentity.TryParse(spelling, out var identity));
        Assert.Equal(Id, identity.DeviceId);
        Assert.Equal(Text, identity.PublicKeyText);
        Assert.Equal(Ed25519.PublicKeySize, identity.PublicKey.Length);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("FWISZ28IgxC7_iQlJYKLLGiKGTjVMaUxz1xgfHjTKs")] // one character short
    [InlineData("FWISZ28IgxC7_iQlJYKLLGiKGTjVMaUxz1xgfHjTKs0A")] // one more
    [InlineData("FWISZ28IgxC7_iQl!YKLLGiKGTjVMaUxz1xgfHjTKs0")]
    [InlineData("FWISZ28IgxC7_iQl YKLLGiKGTjVMaUxz1xgfHjTKs0")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")] // small order
    [InlineData("-----BEGIN CERTIFICATE-----\nMCowBQYDK2VwAyEAFWISZ28IgxC7/iQlJYKLLGiKGTjVMaUxz1xgfHjTKs0=\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VuAyEAFWISZ28IgxC7/iQlJYKLLGiKGTjVMaUxz1xgfHjTKs0=\n-----END PUBLIC KEY-----\n")] // X25519
    public void TryParse_AnythingElse_IsFalse(string? text)
    {
        Assert.False(DeviceIdentity.TryParse(text, out var identity));
        Assert.Null(identity);
    }

    [Fact]
    public void Equality_IsOfTheKey()
    {
        DeviceIdentity.TryParse(Text, out var one);
        DeviceIdentity.TryParse(Text + "=", out var same);
        using var key = Ed25519PrivateKey.Generate();

        Assert.Equal(one, same);
        Assert.Equal(one!.GetHashCode(), same!.GetHashCode());
        Assert.NotEqual(one, DeviceIdentity.Of(key));
    }
}
