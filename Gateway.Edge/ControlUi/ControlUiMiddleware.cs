using Microsoft.AspNetCore.Http;

namespace OpenClaw.Gateway.Edge.ControlUi;

/// <summary>Serves the page's files to GET and HEAD; everything else passes on.</summary>
internal sealed class ControlUiMiddleware(ControlUiAssets assets)
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!isRead || assets.Find(context.Request.Path.Value?.TrimStart('/') ?? "") is not { } asset)
            return next(context);
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
