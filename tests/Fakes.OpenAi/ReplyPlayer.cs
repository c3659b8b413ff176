using Microsoft.AspNetCore.Http;

namespace OpenClaw.Fakes.OpenAi;

/// <summary>Carries a reply out on one request.</summary>
internal static class ReplyPlayer
{
    public static async Task PlayAsync(
        HttpContext context, RecordedRequest request, FakeReply reply, bool anthropic, CancellationToken cancellationToken)
    {
        if (reply.Status != 200)
        {
            await WriteErrorAsync(context, reply, anthropic, cancellationToken);
            return;
        }
        IReplyWriter writer = (anthropic, request.Stream) switch
        {
            (false, true) => new OpenAiStreamWriter(context.Response, request),
            (true, true) => new AnthropicStreamWriter(context.Response, request),
            (false, false) => new OpenAiWholeWriter(context.Response, request),
            (true, false) => new AnthropicWholeWriter(context.Response, request),
        };
        await writer.StartAsync(reply.Usage, cancellationToken);
        foreach (var step in reply.Steps)
        {
            if (!await PlayStepAsync(context, writer, step, cancellationToken))
                return;
        }
        var finish = reply.FinishReason ?? (reply.Steps.Any(static s => s is ToolStep) ? "tool_calls" : "stop");
        await writer.FinishAsync(finish, reply.Usage, cancellationToken);
    }

    /// <summary>False when the answer is over.</summary>
    private static async Task<bool> PlayStepAsync(HttpContext context, IReplyWriter writer, FakeStep step, CancellationToken cancellationToken)
    {
        switch (step)
        {
            case TextStep text:
                await writer.TextAsync(text.Text, cancellationToken);
                return true;
            case ReasoningStep reasoning:
                await writer.ReasoningAsync(reasoning.Text, reasoning.Field, cancellationToken);
                return true;
            case ToolStep tool:
                await writer.ToolAsync(tool, cancellationToken);
                return true;
            case WaitStep wait:
                await wait.Until.WaitAsync(cancellationToken);
                return true;
            case PauseStep pause:
                await Task.Delay(pause.Duration, cancellationToken);
                return true;
            case RawStep raw:
                await context.Response.WriteAsync(raw.Text, cancellationToken);
                await context.Response.Body.FlushAsync(cancellationToken);
                return true;
            case HangStep:
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                return false;
            case EndEarlyStep:
                return false;
            case CutStep:
                context.Abort();
                return false;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step, "Unknown step.");
        }
    }

    private static Task WriteErrorAsync(HttpContext context, FakeReply reply, bool anthropic, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = "application/json";
        if (reply.RetryAfterSeconds is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var error = new { type = reply.ErrorType, message = reply.ErrorMessage };
        var body = reply.RawErrorBody ?? (anthropic
            ? System.Text.Json.JsonSerializer.Serialize(new { type = "error", error })
            : System.Text.Json.JsonSerializer.Serialize(new { error }));
        return context.Response.WriteAsync(body, cancellationToken);
    }
}
