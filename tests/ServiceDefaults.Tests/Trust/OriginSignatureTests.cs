using Microsoft.Extensions.Configuration;
using OpenClaw.ServiceDefaults.Trust;

namespace OpenClaw.ServiceDefaults.Tests.Trust;

public sealed class OriginSignatureTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly ClientOrigin Origin = new("203.0.113.7", IsLocal: false, "https");

    [Fact]
    public void Check_OfWhatWasSigned_GivesTheOrigin()
    {
        var value = OriginSignature.Sign(Secret('a'), Origin, "gateway.example", Now)!;

        Assert.Equal(SignatureCheck.Valid, OriginSignature.Check(Secret('a'), value, "gateway.example", Now, out var origin));
        Assert.Equal(Origin, origin);
    }

    [Fact]
    public void Check_WithAnythingChanged_IsWrong()
    {
        var value = OriginSignature.Sign(Secret('a'), Origin, "gateway.example", Now)!;

        for (var i = 0; i < value.Length; i++)
        {
            var changed = value[..i] + (value[i] == '1' ? '0' : '1') + value[(i + 1)..];
            Assert.NotEqual(SignatureCheck.Valid, OriginSignature.Check(Secret('a'), changed, "gateway.example", Now, out var origin));
            Assert.Equal(default, origin);
        }
        Assert.Equal(SignatureCheck.Wrong, OriginSignature.Check(Secret('a'), value, "other.example", Now, out _));
        Assert.Equal(SignatureCheck.Wrong, OriginSignature.Check(Secret('b'), value, "gateway.example", Now, out _));
    }

    [Theory]
    [InlineData(119, SignatureCheck.Valid)]
    [InlineData(121, SignatureCheck.Stale)]
    [InlineData(-121, SignatureCheck.Stale)]
    public void Check_Later_IsStaleAfterTwoMinutes(int seconds, SignatureCheck expected)
    {
        var value = OriginSignature.Sign(Secret('a'), Origin, "h", Now)!;

        Assert.Equal(expected, OriginSignature.Check(Secret('a'), value, "h", Now.AddSeconds(seconds), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1;;;;;")]
    [InlineData("v2;1;1.1.1.1;0;http;x")]
    [InlineData("v1;99999999999999999999;1.1.1.1;0;http;x")]
    [InlineData("v1;1;1.1.1.1;2;http;x")]
    [InlineData("v1;1;1.1.1.1;0;ftp;x")]
    [InlineData("v1;1;1.1.1.1;0;http;x;y")]
    public void Check_OfSomethingElse_IsMalformed(string value) =>
        Assert.Equal(SignatureCheck.Malformed, OriginSignature.Check(Secret('a'), value, "h", Now, out _));

    [Fact]
    public void WithoutASecret_NothingIsSignedOrBelieved()
    {
        var none = ServiceSecret.From(new ConfigurationBuilder().Build());
        var value = OriginSignature.Sign(Secret('a'), Origin, "h", Now)!;

        Assert.Null(OriginSignature.Sign(none, Origin, "h", Now));
        Assert.Equal(SignatureCheck.NoSecret, OriginSignature.Check(none, value, "h", Now, out _));
    }

    [Fact]
    public void ServiceSecret_ThatIsShort_IsRefused_WithoutSayingIt()
    {
        var error = Assert.Throws<InvalidOperationException>(() => From("short-secret"));

        Assert.Contains("OPENCLAW_SERVICE_SECRET has 12 characters; at least 32", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("short-secret", error.Message, StringComparison.Ordinal);
    }

    private static ServiceSecret Secret(char letter) => From(new string(letter, 32));

    private static ServiceSecret From(string text) =>
        ServiceSecret.From(new ConfigurationBuilder().AddInMemoryCollection([new(ServiceSecret.Variable, text)]).Build());
}
