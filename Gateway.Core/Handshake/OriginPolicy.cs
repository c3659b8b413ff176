using System.Net;
using Microsoft.AspNetCore.Http;

namespace OpenClaw.Gateway.Core.Handshake;

/// <summary>Which web pages may open a connection.</summary>
internal static class OriginPolicy
{
    public const string Refusal = "origin not allowed (open the Control UI from the gateway host or allow it in gateway.controlUi.allowedOrigins)";

    /// <summary>True when the page at the request's <c>Origin</c> may connect: it is listed, or it was served by this very address, or both are loopback.</summary>
    public static bool Allows(HttpRequest request, IReadOnlyCollection<string> allowedOrigins)
    {
        var origin = request.Headers.Origin.ToString();
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var page) || page.Host.Length == 0)
            return false;
        if (allowedOrigins.Contains(origin.ToLowerInvariant(), StringComparer.OrdinalIgnoreCase))
            return true;
        if (string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase))
            return true;
        return IsLoopbackName(page.Host) && IsLoopbackName(request.Host.Host);
    }

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
