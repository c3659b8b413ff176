using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OpenClaw.Gateway.Edge.Settings;
using OpenClaw.Gateway.Protocol.Services;
using OpenClaw.ServiceDefaults.Answers;

namespace OpenClaw.Gateway.Edge.Limits;

/// <summary>How large the body of a request may be, by its route. The original cuts the connection; here the caller is told with 413.</summary>
internal sealed class RequestLimits(EdgeSettingsStore settings)
{
    /// <summary>In bytes, for paths without a limit of their own.</summary>
    private const long Default = 1 << 20;

    private const long ToolsInvoke = 2 << 20;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } body)
        {
            await next(context).ConfigureAwait(false);
            return;
        }
        var limit = LimitOf(context.Request.Path, settings.Current);
        if (context.Request.ContentLength > limit)
        {
            // The server reads and forgets what is still coming, for a while: a caller that only writes then sees the answer, and no reset.
            body.MaxRequestBodySize = null;
            await TooLargeAsync(context, settings.Current).ConfigureAwait(false);
            return;
        }
        body.MaxRequestBodySize = limit;
        await next(context).ConfigureAwait(false);
    }

    /// <summary>Answers 413 in the form of the path's endpoint.</summary>
    public static Task TooLargeAsync(HttpContext context, EdgeSettings settings)
    {
        var limit = LimitOf(context.Request.Path, settings);
        return IsHook(context.Request.Path, settings) ? JsonAnswers.HookTooLargeAsync(context, limit) : JsonAnswers.TooLargeAsync(context, limit);
    }

    private static bool IsHook(PathString path, EdgeSettings settings) => path.StartsWithSegments(settings.HooksPath, StringComparison.Ordinal);

    public static long LimitOf(PathString path, EdgeSettings settings) =>
        IsHook(path, settings) ? settings.HooksMaxBodyBytes
        : path.Value switch
        {
            "/v1/chat/completions" => settings.ChatCompletionsMaxBodyBytes,
            "/v1/responses" => settings.ResponsesMaxBodyBytes,
            "/tools/invoke" => ToolsInvoke,
            _ => Default,
        };
}
