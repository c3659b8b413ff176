using System.Net;
using System.Net.Sockets;
using OpenClaw.Gateway.Client.Targets;

namespace OpenClaw.Gateway.Client.Tests.Targets;

public sealed class LocalAddressesTests
{
    [Theory]
    [InlineData("100.64.0.0", true)]
    [InlineData("100.127.255.255", true)]
    [InlineData("100.63.255.255", false)]
    [InlineData("100.128.0.0", false)]
    [InlineData("10.64.0.1", false)]
    [InlineData("::1", false)]
    public void IsTailnet_IsTheCgnatRange(string address, bool expected) =>
        Assert.Equal(expected, LocalAddresses.IsTailnet(IPAddress.Parse(address)));

    [Fact]
    public void Read_ThisMachine_GivesAddressesThatCanBeBound()
    {
        var addresses = LocalAddresses.Read();

        foreach (var address in new[] { addresses.Lan, addresses.Tailnet })
        {
            if (address is null)
                continue;
            using var listener = new TcpListener(IPAddress.Parse(address), 0);
            listener.Start();
            Assert.False(IPAddress.IsLoopback(((IPEndPoint)listener.LocalEndpoint).Address));
        }
    }
}
