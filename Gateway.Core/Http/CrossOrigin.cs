using Microsoft.AspNetCore.Http;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Http;

/// <summary>
/// Lets pages of the origins in <c>gateway.http.cors.allowedOrigins</c> call the API. Off by default: without the headers a browser
/// keeps the answer from a foreign page, and does not even send what needs a preflight.
/// </summary>
internal sealed class CrossOrigin(ConfigStore configuration)
{
    /// <summary>Names the origin in the answer if it may read it. True when the request was a preflight and is answered.</summary>
    public bool Answer(HttpContext context, string methods)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0)
            return false;
        var allowed = configuration.Current.Root.Section("gateway").Section("http").Section("cors").Strings("allowedOrigins");
        if (!allowed.Contains(origin, StringComparer.OrdinalIgnoreCase))
            return false;
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.Vary = "Origin";
        if (!HttpMethods.IsOptions(context.Request.Method) || context.Request.Headers.AccessControlRequestMethod.Count == 0)
            return false;
        headers.AccessControlAllowMethods = methods;
        headers.AccessControlAllowHeaders = "Authorization, Content-Type, Idempotency-Key, X-OpenClaw-Agent-Id, X-OpenClaw-Agent, X-OpenClaw-Session-Key";
        headers.AccessControlMaxAge = "600";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }
}
