using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

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
        var peer = Canonical(context.Connection.RemoteIpAddress);
        var headers = context.Request.Headers;
        var forwarded = headers.ContainsKey("X-Forwarded-For") || headers.ContainsKey("X-Real-IP") || headers.ContainsKey("X-Forwarded-Host") || headers.ContainsKey("Forwarded");
        if (!forwarded)
            return new ClientAddress(Text(peer), IsLoopback(peer) && IsLocalName(context.Request.Host.Host));
        // What came through a proxy is never taken for local: everybody on the internet can claim to be 127.0.0.1.
        return new ClientAddress(Reported(headers, peer, trustedProxies), IsLocal: false);
    }

    /// <summary>The nearest address that is no trusted proxy: proxies append, so what stands further left may be made up.</summary>
    private static string Reported(IHeaderDictionary headers, IPAddress? peer, IReadOnlyCollection<string> trustedProxies)
    {
        if (!trustedProxies.Contains(Text(peer), StringComparer.Ordinal))
            return Text(peer);
        var chain = headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (chain.Length == 0)
            chain = [headers["X-Real-IP"].ToString().Trim()];
        var nearest = Text(peer);
        foreach (var hop in chain.Reverse())
        {
            if (!IPAddress.TryParse(hop, out var address))
                break;
            nearest = Text(Canonical(address));
            if (!trustedProxies.Contains(nearest, StringComparer.Ordinal))
                break;
        }
        return nearest;
    }

    /// <summary>One text per client for counting attempts: IPv4 in one spelling, IPv6 by its /64.</summary>
    public static string RateLimitKey(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed))
            return address;
        var canonical = Canonical(parsed)!;
        if (canonical.AddressFamily is not AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(canonical))
            return canonical.ToString();
        var bytes = canonical.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes) + "/64";
    }

    private static IPAddress? Canonical(IPAddress? address) => address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4() : address;

    private static bool IsLoopback(IPAddress? address) => address is not null && IPAddress.IsLoopback(address);

    private static string Text(IPAddress? address) => address?.ToString() ?? "unknown";

    private static bool IsLocalName(string host) =>
        host is "localhost" or "127.0.0.1" or "::1" or "[::1]" || host.EndsWith(".ts.net", StringComparison.OrdinalIgnoreCase);
}
