using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace OpenClaw.Gateway.Core.Handshake;

/// <summary>Where a connection comes from.</summary>
/// <param name="Address">Address of the client, as text; behind a trusted proxy the one it reports.</param>
/// <param name="IsLocal">True when the client is on this machine for certain.</param>
internal readonly record struct ClientAddress(string Address, bool IsLocal)
{
    /// <summary>Reads the connection's origin. Forwarding headers count only from <paramref name="trustedProxies"/>; from anybody else they end local trust.</summary>
    public static ClientAddress Of(HttpContext context, IReadOnlyCollection<string> trustedProxies)
    {
        var peer = Canonical(context.Connection.RemoteIpAddress);
        var headers = context.Request.Headers;
        var forwardedFor = First(headers["X-Forwarded-For"].ToString());
        var forwarded = forwardedFor.Length > 0 || headers.ContainsKey("X-Real-IP") || headers.ContainsKey("X-Forwarded-Host") || headers.ContainsKey("Forwarded");
        if (!forwarded)
            return new ClientAddress(Text(peer), IsLoopback(peer) && IsLocalName(context.Request.Host.Host));
        if (!trustedProxies.Contains(Text(peer), StringComparer.Ordinal))
            return new ClientAddress(Text(peer), IsLocal: false);
        var reported = forwardedFor.Length > 0 ? forwardedFor : First(headers["X-Real-IP"].ToString());
        if (!IPAddress.TryParse(reported, out var client))
            return new ClientAddress(Text(peer), IsLocal: false);
        client = Canonical(client);
        return new ClientAddress(Text(client), IsLoopback(client) && IsLocalName(context.Request.Host.Host));
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

    private static string First(string list) => list.Split(',', 2)[0].Trim();

    private static bool IsLocalName(string host) =>
        host is "localhost" or "127.0.0.1" or "::1" or "[::1]" || host.EndsWith(".ts.net", StringComparison.OrdinalIgnoreCase);
}
