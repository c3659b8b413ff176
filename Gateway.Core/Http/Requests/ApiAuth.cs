using Microsoft.AspNetCore.Http;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Handshake;
using OpenClaw.Gateway.Core.Http.Answers;
using OpenClaw.Gateway.Core.RateLimiting;
using OpenClaw.Gateway.Protocol.Devices;

namespace OpenClaw.Gateway.Core.Http.Requests;

/// <summary>
/// Who may use the API: whoever has the gateway's token or password, also on this machine. Wrong secrets are counted per address,
/// together with those of WebSocket connects.
/// </summary>
internal sealed class ApiAuth(ConfigStore configuration, GatewayAuthFlags flags, FailedAuthLimiter failures)
{
    private const string Scheme = "Bearer ";

    /// <summary>Why the caller is refused; null when it is not.</summary>
    public ApiError? Check(HttpContext context) =>
        Check(context, GatewayAuth.Resolve(configuration.Current, flags).Secret, Bearer(context), "gateway");

    /// <summary>Compares with a secret of its own, whose failures are counted apart.</summary>
    /// <param name="context">The request.</param>
    /// <param name="secret">The right one; null lets nobody in.</param>
    /// <param name="offered">What the caller sent; null for nothing.</param>
    /// <param name="scope">Whose secret it is.</param>
    public ApiError? Check(HttpContext context, string? secret, string? offered, string scope)
    {
        var address = ClientAddress.Of(context, configuration.Current.Gateway.TrustedProxies);
        // As for connects: a program on this machine that is set up wrongly must not shut out the others.
        var key = address.IsLocal ? null : (scope == "gateway" ? "" : scope + " ") + ClientAddress.RateLimitKey(address.Address);
        if (key is not null && failures.LockedOutFor(key) is { } wait)
            return new ApiError(StatusCodes.Status429TooManyRequests, "rate_limit_error", "Too many wrong secrets came from this address. Try again later.") { RetryAfter = wait };
        if (SecretComparer.Matches(offered, secret))
        {
            if (key is not null)
                failures.Succeeded(key);
            return null;
        }
        if (key is not null && !string.IsNullOrEmpty(offered))
            failures.Failed(key);
        return new ApiError(StatusCodes.Status401Unauthorized, "unauthorized", "Unauthorized");
    }

    /// <summary>The token of the Authorization header; null when it has none.</summary>
    public static string? Bearer(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && header[Scheme.Length..].Trim() is { Length: > 0 } token ? token : null;
    }
}
