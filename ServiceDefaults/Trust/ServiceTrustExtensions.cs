using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.ServiceDefaults.Answers;

namespace OpenClaw.ServiceDefaults.Trust;

/// <summary>Believes other services of the composition about their clients, and nobody else.</summary>
public static partial class ServiceTrustExtensions
{
    /// <summary>
    /// Takes over the client's address and scheme from requests that carry a valid signed origin, and refuses those whose signature is
    /// wrong with 403. Comes before everything that asks for the client's address. Needs <see cref="ServiceSecret"/> among the services.
    /// </summary>
    /// <param name="app">The pipeline.</param>
    public static IApplicationBuilder UseServiceTrust(this IApplicationBuilder app)
    {
        var secret = app.ApplicationServices.GetService<ServiceSecret>()
            ?? throw new InvalidOperationException("Call AddServiceDefaults before UseServiceTrust.");
        var time = app.ApplicationServices.GetService<TimeProvider>() ?? TimeProvider.System;
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("OpenClaw.ServiceDefaults.Trust");
        return app.Use((context, next) => AcceptAsync(context, next, secret, time, logger));
    }

    private static Task AcceptAsync(HttpContext context, RequestDelegate next, ServiceSecret secret, TimeProvider time, ILogger logger)
    {
        var values = context.Request.Headers[OriginSignature.HeaderName];
        if (values.Count == 0)
            return next(context);
        var check = OriginSignature.Check(secret, values.ToString(), context.Request.Host.Value ?? "", time.GetUtcNow(), out var origin);
        if (check is not SignatureCheck.Valid)
        {
            LogRefused(logger, context.Connection.RemoteIpAddress?.ToString(), check);
            return JsonAnswers.WriteAsync(context, StatusCodes.Status403Forbidden, "forbidden", "The request claims to come from a service of this gateway, and does not.");
        }
        context.Features.Set(new VouchedOrigin(origin));
        context.Connection.RemoteIpAddress = IPAddress.TryParse(origin.Address, out var address) ? address : null;
        context.Request.Scheme = origin.Scheme;
        return next(context);
    }

    [LoggerMessage(7101, LogLevel.Warning, "A request from {RemoteAddress} with a signed origin was refused: {Check}. Services need the same secret, and clocks that agree.")]
    private static partial void LogRefused(ILogger logger, string? remoteAddress, SignatureCheck check);
}
