using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OpenClaw.Fakes.Telegram;

/// <summary>Makes faults happen.</summary>
internal static class FaultPlayer
{
    /// <summary>True when the call is over without being executed.</summary>
    public static async Task<bool> PlayInsteadAsync(HttpContext context, Fault fault, CancellationToken cancellationToken)
    {
        switch (fault.Kind)
        {
            case FaultKind.RateLimit:
                await FakeBotServer.WriteErrorAsync(context, new ApiError(429, fault.Description) { Parameters = new JsonObject { ["retry_after"] = fault.RetryAfter } }, cancellationToken);
                return true;
            case FaultKind.BadRequest:
                var parameters = fault.MigrateToChatId is { } chat ? new JsonObject { ["migrate_to_chat_id"] = chat } : null;
                await FakeBotServer.WriteErrorAsync(context, new ApiError(fault.Status, fault.Description) { Parameters = parameters }, cancellationToken);
                return true;
            case FaultKind.ServerErrorPage:
            case FaultKind.ForeignPage:
                context.Response.StatusCode = fault.Kind is FaultKind.ForeignPage ? 200 : fault.Status;
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<html><head><title>Bad Gateway</title></head><body><center><h1>nginx</h1></center></body></html>", cancellationToken);
                return true;
            case FaultKind.ResetBefore:
                context.Abort();
                return true;
            case FaultKind.Hang:
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Answers what was executed.</summary>
    public static async Task AnswerAsync(HttpContext context, Fault? fault, byte[] body, CancellationToken cancellationToken)
    {
        switch (fault?.Kind)
        {
            case FaultKind.ResetAfter:
                context.Abort();
                return;
            case FaultKind.HangAfter:
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return;
            case FaultKind.Truncated:
                context.Response.ContentLength = body.Length;
                await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), cancellationToken);
                await context.Response.Body.FlushAsync(cancellationToken);
                context.Abort();
                return;
            case FaultKind.HalfJson:
                body = body[..(body.Length / 2)];
                break;
        }
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, cancellationToken);
    }
}
