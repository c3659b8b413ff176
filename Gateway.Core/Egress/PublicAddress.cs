using System.Net;
using System.Net.Sockets;

namespace OpenClaw.Gateway.Core.Egress;

/// <summary>
/// Which addresses are out on the internet. Everything else is somebody's inside: this machine, its network, the cloud's metadata
/// service. Ranges: IANA's special-purpose registries, and the ways in which IPv6 carries an IPv4 address.
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] Inside =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
            "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        ]).Select(static text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork TranslatedByNat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork TunnelledBy6To4 = IPNetwork.Parse("2002::/16");

    /// <summary>Whether a connection to the address leaves for the internet.</summary>
    public static bool Is(IPAddress address)
    {
        var plain = Embedded(address);
        return !Inside.Any(network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }

    /// <summary>The IPv4 address that an IPv6 one leads to, where it does.</summary>
    private static IPAddress Embedded(IPAddress address)
    {
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
            return address;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        if (TranslatedByNat64.Contains(address))
            return new IPAddress(bytes.AsSpan(12, 4));
        return TunnelledBy6To4.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4)) : address;
    }
}
