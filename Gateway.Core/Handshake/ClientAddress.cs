using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using OpenClaw.ServiceDefaults.Trust;

namespace OpenClaw.Gateway.Core.Handshake;

/// <summary>Where a connection comes from.</summary>
/// <param name="Address">Address of the client, as text; behind a trusted proxy the one it reports.</param>
/// <param name="IsLocal">True when the client is on this machine for certain.</param>
internal readonly record struct ClientAddress(string Address, bool IsLocal)
{
    /// <summary>The address to show and to keep: none for this machine, also when an unknown proxy on it stands in between.</summary>
    public string? RemoteIp => IsLocal || (IPAddress.TryParse(Address, out var parsed) && IPAddress.IsLoopback(parsed)) ? null : Address;

    /// <summary>Reads the connection's origin. Forwarding headers end local trust, and name the client only when they come from <paramref name="trustedProxies"/>.</summary>
    public static ClientAddress Of(HttpContext context, IReadOnlyCollection<string> trustedProxies)
    {
        var origin = ClientOrigin.Of(context, trustedProxies);
        return new ClientAddress(origin.Address, origin.IsLocal);
    }

    /// <summary>One text per client for counting attempts: IPv4 in one spelling, IPv6 by its /64.</summary>
    public static string RateLimitKey(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed))
            return address;
        var canonical = ClientOrigin.Canonical(parsed)!;
        if (canonical.AddressFamily is not AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(canonical))
            return canonical.ToString();
        var bytes = canonical.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes) + "/64";
    }
}
