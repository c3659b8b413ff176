using Microsoft.AspNetCore.Http;
using OpenClaw.Gateway.Edge.Settings;

namespace OpenClaw.Gateway.Edge.ControlUi;

/// <summary>Serves the page's files to GET and HEAD, below the configured base path; everything else passes on.</summary>
internal sealed class ControlUiMiddleware(ControlUiAssets assets, EdgeSettingsStore settings)
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var current = settings.Current;
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!isRead || !current.ControlUi || !context.Request.Path.StartsWithSegments(current.BasePath, StringComparison.Ordinal, out var path))
            return next(context);
        if (path.Value is null or "" && current.BasePath.Length > 0)
        {
            context.Response.Redirect($"{current.BasePath}/{context.Request.QueryString}");
            return Task.CompletedTask;
        }
        return assets.Find(path.Value?.TrimStart('/') ?? "") is { } asset ? SendAsync(context, asset) : next(context);
    }

    private static Task SendAsync(HttpContext context, ControlUiAsset asset)
    {
        var response = context.Response;
        response.Headers.ETag = asset.ETag;
        // Always asked for again, and answered in a few bytes when it is the same: an upgrade shows at once.
        response.Headers.CacheControl = "no-cache";
        response.ContentType = asset.ContentType;
        if (context.Request.Headers.IfNoneMatch == asset.ETag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.ContentLength = asset.Content.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(asset.Content, context.RequestAborted).AsTask();
    }
}
