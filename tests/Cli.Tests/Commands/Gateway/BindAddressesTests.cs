using System.Net;
using OpenClaw.Cli.Commands.Gateway.Run;
using OpenClaw.Cli.Tests.Support;
using OpenClaw.Gateway.Client.Targets;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Cli.Tests.Commands.Gateway;

public sealed class BindAddressesTests
{
    [Theory]
    [InlineData(GatewayBind.Lan, null, "0.0.0.0")]
    [InlineData(GatewayBind.Tailnet, null, "100.64.0.9")]
    [InlineData(GatewayBind.Custom, null, "0.0.0.0")]
    [InlineData(GatewayBind.Custom, "192.168.1.5", "192.168.1.5 127.0.0.1")]
    [InlineData(GatewayBind.Custom, "127.0.0.1", "127.0.0.1")]
    [InlineData(GatewayBind.Custom, "not an address", "0.0.0.0")]
    public void Of_EachMode_NamesItsAddresses(GatewayBind bind, string? custom, string expected)
    {
        var result = BindAddresses.Of(bind, custom, FreePort.Next(), () => new LocalAddresses("192.168.1.5", "100.64.0.9"));

        Assert.Equal(expected, string.Join(' ', result.Addresses));
    }

    [Theory]
    [InlineData(GatewayBind.Loopback)]
    [InlineData(GatewayBind.Auto)]
    [InlineData(GatewayBind.Tailnet)]
    public void Of_Loopback_IsFirstAndOnlyLoopback(GatewayBind bind)
    {
        var result = BindAddresses.Of(bind, null, FreePort.Next(), () => new LocalAddresses(null, null));

        Assert.Equal(IPAddress.Loopback, result.Addresses[0]);
        Assert.All(result.Addresses, address => Assert.True(IPAddress.IsLoopback(address)));
    }

    [Fact]
    public void Of_NotWhatWasAskedFor_SaysSo()
    {
        Assert.NotNull(BindAddresses.Of(GatewayBind.Tailnet, null, FreePort.Next(), () => new LocalAddresses(null, null)).Note);
        Assert.NotNull(BindAddresses.Of(GatewayBind.Custom, null, FreePort.Next(), () => new LocalAddresses(null, null)).Note);
        Assert.Null(BindAddresses.Of(GatewayBind.Loopback, null, FreePort.Next(), () => new LocalAddresses(null, null)).Note);
    }
}
