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
        var said = new Limited(time);
        return app.Use((context, next) => AcceptAsync(context, next, secret, time, said, logger));
    }

    private static Task AcceptAsync(HttpContext context, RequestDelegate next, ServiceSecret secret, TimeProvider time, Limited said, ILogger logger)
    {
        var values = context.Request.Headers[OriginSignature.HeaderName];
        if (values.Count == 0 || OriginSignature.IsUnsigned(secret, values.ToString()))
            return next(context);
        var check = OriginSignature.Check(secret, values.ToString(), context.Request.Host.Value ?? "", time.GetUtcNow(), out var origin);
        if (check is not SignatureCheck.Valid)
        {
            if (said.MayAgain())
                LogRefused(logger, context.Connection.RemoteIpAddress?.ToString(), check);
            return JsonAnswers.WriteAsync(context, StatusCodes.Status403Forbidden, "forbidden", "The request claims to come from a service of this gateway, and does not.");
        }
        context.Features.Set(new VouchedOrigin(origin));
        context.Connection.RemoteIpAddress = IPAddress.TryParse(origin.Address, out var address) ? address : null;
        context.Request.Scheme = origin.Scheme;
        return next(context);
    }

    /// <summary>Lets a line pass once in a while: an edge with another secret asks every second, and strangers as often as they like.</summary>
    private sealed class Limited(TimeProvider time)
    {
        private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

        private long _next = time.GetTimestamp();

        public bool MayAgain()
        {
            var next = Volatile.Read(ref _next);
            var now = time.GetTimestamp();
            return now >= next && Interlocked.CompareExchange(ref _next, now + (long)(Interval.TotalSeconds * time.TimestampFrequency), next) == next;
        }
    }

    [LoggerMessage(7101, LogLevel.Warning, "A request from {RemoteAddress} with a signed origin was refused: {Check}. Services need the same secret, and clocks that agree.")]
    private static partial void LogRefused(ILogger logger, string? remoteAddress, SignatureCheck check);
}
