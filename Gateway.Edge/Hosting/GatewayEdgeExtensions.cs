using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenClaw.Gateway.Edge.ControlUi;

namespace OpenClaw.Gateway.Edge.Hosting;

/// <summary>The public surface around the gateway's core.</summary>
public static class GatewayEdgeExtensions
{
    /// <summary>Only our own scripts and styles, no framing, and connections to nowhere but this server.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Adds security headers, the web page, and a JSON answer for every path that nobody serves.</summary>
    public static WebApplication MapGatewayEdge(this WebApplication app)
    {
        var page = new ControlUiMiddleware(new ControlUiAssets());
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers["Referrer-Policy"] = "no-referrer";
            return next(context);
        });
        app.Use(next => context => page.InvokeAsync(context, next));
        app.Run(NotFoundAsync);
        return app;
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.Body.WriteAsync("""{"error":{"type":"not_found","message":"Nothing is served at this path."}}"""u8.ToArray(), context.RequestAborted).AsTask();
    }
}
