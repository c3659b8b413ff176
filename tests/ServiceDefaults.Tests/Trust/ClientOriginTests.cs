using System.Net;
using Microsoft.AspNetCore.Http;
using OpenClaw.ServiceDefaults.Trust;

namespace OpenClaw.ServiceDefaults.Tests.Trust;

public sealed class ClientOriginTests
{
    [Theory]
    [InlineData("127.0.0.1", "localhost", true)]
    [InlineData("::1", "[::1]", true)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "host.tail.ts.net", true)]
    [InlineData("127.0.0.1", "gateway.example", false)]
    [InlineData("192.0.2.1", "localhost", false)]
    public void Of_WithoutForwardingHeaders_IsLocalOnLoopbackByALocalName(string peer, string host, bool local) =>
        Assert.Equal(local, Of(peer, host, []).IsLocal);

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Real-IP")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("Forwarded")]
    [InlineData(OriginSignature.HeaderName)]
    public void Of_WithAForwardingHeader_IsNeverLocal(string header)
    {
        Assert.False(Of("127.0.0.1", "localhost", [], (header, "127.0.0.1")).IsLocal);
        Assert.False(Of("127.0.0.1", "localhost", ["127.0.0.1"], (header, "127.0.0.1")).IsLocal);
    }

    [Fact]
    public void Of_FromATrustedProxy_IsTheNearestAddressThatIsNoProxy()
    {
        var origin = Of("10.0.0.1", "h", ["10.0.0.1", "10.0.0.2"], ("X-Forwarded-For", "1.1.1.1, 203.0.113.7, 10.0.0.2"), ("X-Forwarded-Proto", "ftp, HTTPS"));

        Assert.Equal(new ClientOrigin("203.0.113.7", IsLocal: false, "https"), origin);
    }

    [Fact]
    public void Of_FromAStranger_IsTheStranger()
    {
        var origin = Of("10.0.0.9", "h", ["10.0.0.1"], ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "https"));

        Assert.Equal(new ClientOrigin("10.0.0.9", IsLocal: false, "http"), origin);
    }

    private static ClientOrigin Of(string peer, string host, string[] trusted, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Request.Host = new HostString(host);
        context.Request.Scheme = "http";
        foreach (var (name, value) in headers)
            context.Request.Headers[name] = value;
        return ClientOrigin.Of(context, trusted);
    }
}
