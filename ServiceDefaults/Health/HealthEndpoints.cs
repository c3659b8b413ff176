using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OpenClaw.ServiceDefaults.Health;

/// <summary>
/// <c>/healthz</c> says that the process answers, and depends on nothing else; <c>/readyz</c> says whether it can do its work, and why not.
/// </summary>
public static class HealthEndpoints
{
    /// <summary>Path of the liveness answer: always 200.</summary>
    public const string Live = "/healthz";

    /// <summary>Path of the readiness answer: 200, or 503 with the reasons.</summary>
    public const string Ready = "/readyz";

    /// <summary>Answers GET and HEAD of both paths. Comes first in a pipeline.</summary>
    /// <param name="app">The pipeline.</param>
    public static IApplicationBuilder UseServiceHealth(this IApplicationBuilder app)
    {
        var lifetime = app.ApplicationServices.GetRequiredService<IHostApplicationLifetime>();
        var checks = app.ApplicationServices.GetServices<IReadinessCheck>().ToArray();
        return app.Use((context, next) => Kind(context.Request) switch
        {
            Live => AnswerAsync(context, [], "live"),
            Ready => AnswerAsync(context, Reasons(lifetime, checks), "ready"),
            _ => next(context),
        });
    }

    private static string? Kind(HttpRequest request) =>
        request.Path.Value is not (Live or Ready) || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) || request.Headers.Upgrade.Count > 0
            ? null
            : request.Path.Value;

    private static string[] Reasons(IHostApplicationLifetime lifetime, IReadinessCheck[] checks) =>
        lifetime.ApplicationStopping.IsCancellationRequested ? ["The service is stopping."]
        : !lifetime.ApplicationStarted.IsCancellationRequested ? ["The service is starting."]
        : [.. checks.SelectMany(static check => check.Reasons())];

    private static Task AnswerAsync(HttpContext context, string[] reasons, string name)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteBoolean(name, reasons.Length == 0);
            if (reasons.Length > 0)
            {
                json.WriteStartArray("reasons");
                foreach (var reason in reasons)
                    json.WriteStringValue(reason);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        var response = context.Response;
        response.StatusCode = reasons.Length == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = buffer.WrittenCount;
        response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted).AsTask();
    }
}
