using System.Net;
using Microsoft.AspNetCore.Http;

namespace OpenClaw.ServiceDefaults.Trust;

/// <summary>Where a request comes from, once proxies are seen through.</summary>
/// <param name="Address">Address of the client, as text; <c>unknown</c> when the connection has none.</param>
/// <param name="IsLocal">True when the client is on this machine for certain.</param>
/// <param name="Scheme"><c>http</c> or <c>https</c>, as the client used it.</param>
public readonly record struct ClientOrigin(string Address, bool IsLocal, string Scheme)
{
    private static readonly string[] ForwardingHeaders =
        ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Real-IP", "Forwarded"];

    /// <summary>The origin of a request: what a service of ours vouches for, else what the connection and its headers say.</summary>
    /// <param name="context">The request.</param>
    /// <param name="trustedProxies">Addresses whose forwarding headers count (<c>gateway.trustedProxies</c>).</param>
    public static ClientOrigin Of(HttpContext context, IReadOnlyCollection<string> trustedProxies)
    {
        if (context.Features.Get<VouchedOrigin>() is { } vouched)
            return vouched.Origin;
        var peer = Canonical(context.Connection.RemoteIpAddress);
        var headers = context.Request.Headers;
        if (!IsForwarded(headers))
            return new ClientOrigin(Text(peer), IsLoopback(peer) && IsLocalName(context.Request.Host.Host), context.Request.Scheme);
        var trusted = trustedProxies.Contains(Text(peer), StringComparer.Ordinal);
        // What came through a proxy is never taken for local: everybody on the internet can claim to be 127.0.0.1.
        return new ClientOrigin(trusted ? Reported(headers, peer, trustedProxies) : Text(peer), IsLocal: false, trusted ? ReportedScheme(context.Request) : context.Request.Scheme);
    }

    /// <summary>Removes what a proxy adds about a client.</summary>
    /// <param name="remove">Removes a header by its name.</param>
    public static void RemoveForwarding(Action<string> remove)
    {
        foreach (var name in ForwardingHeaders)
            remove(name);
        remove(OriginSignature.HeaderName);
    }

    /// <summary>An IPv4 address in one spelling, also when it came in the form of IPv6.</summary>
    /// <param name="address">Any address.</param>
    public static IPAddress? Canonical(IPAddress? address) => address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4() : address;

    private static bool IsForwarded(IHeaderDictionary headers) =>
        headers.ContainsKey("X-Forwarded-For") || headers.ContainsKey("X-Real-IP") || headers.ContainsKey("X-Forwarded-Host") || headers.ContainsKey("Forwarded")
        || headers.ContainsKey(OriginSignature.HeaderName);

    /// <summary>The nearest address that is no trusted proxy: proxies append, so what stands further left may be made up.</summary>
    private static string Reported(IHeaderDictionary headers, IPAddress? peer, IReadOnlyCollection<string> trustedProxies)
    {
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

    private static string ReportedScheme(HttpRequest request)
    {
        var nearest = request.Headers["X-Forwarded-Proto"].ToString().Split(',', StringSplitOptions.TrimEntries)[^1];
        return nearest.ToLowerInvariant() is "http" or "https" ? nearest.ToLowerInvariant() : request.Scheme;
    }

    private static bool IsLoopback(IPAddress? address) => address is not null && IPAddress.IsLoopback(address);

    private static string Text(IPAddress? address) => address?.ToString() ?? "unknown";

    private static bool IsLocalName(string host) =>
        host is "localhost" or "127.0.0.1" or "::1" or "[::1]" || host.EndsWith(".ts.net", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Set on a request whose origin a service of ours vouched for.</summary>
/// <param name="Origin">The origin.</param>
public sealed record VouchedOrigin(ClientOrigin Origin);
