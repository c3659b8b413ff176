using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OpenClaw.ServiceDefaults.Answers;

/// <summary>The answers that services give without asking anybody, in one form: <c>{"error":{"type","message"}}</c>.</summary>
public static class JsonAnswers
{
    private const string ContentType = "application/json; charset=utf-8";

    /// <summary>404: nobody serves the path.</summary>
    /// <param name="context">The request.</param>
    public static Task NotFoundAsync(HttpContext context) =>
        WriteAsync(context, StatusCodes.Status404NotFound, "not_found", "Nothing is served at this path.");

    /// <summary>413, and the connection ends: the rest of the body is not read.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limit">Largest body that is taken, in bytes.</param>
    public static Task TooLargeAsync(HttpContext context, long limit)
    {
        context.Response.Headers.Connection = "close";
        return WriteAsync(
            context, StatusCodes.Status413PayloadTooLarge, "request_too_large", TooLarge(limit));
    }

    /// <summary>Like <see cref="TooLargeAsync"/>, in the form that webhooks answer in: <c>{"ok":false,"error"}</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limit">Largest body that is taken, in bytes.</param>
    public static Task HookTooLargeAsync(HttpContext context, long limit)
    {
        context.Response.Headers.Connection = "close";
        return SendAsync(context, StatusCodes.Status413PayloadTooLarge, json =>
        {
            json.WriteBoolean("ok", false);
            json.WriteString("error", TooLarge(limit));
        });
    }

    /// <summary>503 with <c>Retry-After</c>: a service behind this one cannot answer now.</summary>
    /// <param name="context">The request.</param>
    /// <param name="message">What is away, for the caller.</param>
    /// <param name="retryAfterSeconds">When to ask again.</param>
    public static Task UnavailableAsync(HttpContext context, string message, int retryAfterSeconds = 1)
    {
        context.Response.Headers.RetryAfter = retryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "unavailable", message);
    }

    /// <summary>Any status with an error of this form.</summary>
    /// <param name="context">The request; nothing may have been sent yet.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="type">Stable word for programs.</param>
    /// <param name="message">One sentence for people.</param>
    public static Task WriteAsync(HttpContext context, int status, string type, string message) => SendAsync(context, status, json =>
    {
        json.WriteStartObject("error");
        json.WriteString("type", type);
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    private static string TooLarge(long limit) => string.Create(CultureInfo.InvariantCulture, $"The body is larger than {limit} bytes.");

    private static Task SendAsync(HttpContext context, int status, Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.ContentLength = buffer.WrittenCount;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted).AsTask();
    }
}
