using System.Net;
using System.Net.Sockets;
using OpenClaw.Cli.Hosting;
using OpenClaw.Gateway.Client.Targets;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Cli.Commands.Gateway.Run;

/// <summary>The addresses that a gateway listens on.</summary>
/// <param name="Addresses">At least one; the first is the one to show.</param>
/// <param name="Note">What the user should know, when it is not what was asked for.</param>
internal sealed record BindAddresses(IReadOnlyList<IPAddress> Addresses, string? Note = null)
{
    /// <summary>Decides.</summary>
    /// <param name="bind">The mode.</param>
    /// <param name="customHost"><c>gateway.customBindHost</c>.</param>
    /// <param name="port">The port; 127.0.0.1 goes together with ::1 where that is free too.</param>
    /// <param name="machine">Asks for this machine's addresses.</param>
    public static BindAddresses Of(GatewayBind bind, string? customHost, int port, Func<LocalAddresses> machine) => bind switch
    {
        GatewayBind.Lan => new BindAddresses([IPAddress.Any]),
        GatewayBind.Tailnet when machine().Tailnet is { } tailnet => new BindAddresses([IPAddress.Parse(tailnet)]),
        GatewayBind.Tailnet => new BindAddresses(GatewayHost.LoopbackAddresses(port), "bind=tailnet: this machine has no tailnet address, listening on loopback only"),
        GatewayBind.Auto => Auto(port),
        GatewayBind.Custom => Custom(customHost),
        _ => new BindAddresses(GatewayHost.LoopbackAddresses(port)),
    };

    private static BindAddresses Auto(int port) => CanBind(IPAddress.Loopback)
        ? new BindAddresses(GatewayHost.LoopbackAddresses(port))
        : new BindAddresses([IPAddress.Any], "bind=auto: loopback cannot be used, listening on all interfaces");

    /// <summary>A host of one's own comes with loopback, where this machine's commands look.</summary>
    private static BindAddresses Custom(string? host)
    {
        if (host is null)
            return new BindAddresses([IPAddress.Any], "bind=custom without gateway.customBindHost: listening on all interfaces");
        if (!IPAddress.TryParse(host, out var address))
            return new BindAddresses([IPAddress.Any], $"gateway.customBindHost is no address ({host}): listening on all interfaces");
        return address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.Loopback)
            ? new BindAddresses([address])
            : new BindAddresses([address, IPAddress.Loopback]);
    }

    private static bool CanBind(IPAddress address)
    {
        try
        {
            using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
