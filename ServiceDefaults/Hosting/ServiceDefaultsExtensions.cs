using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.ServiceDefaults.Telemetry;
using OpenClaw.ServiceDefaults.Trust;

namespace OpenClaw.ServiceDefaults.Hosting;

/// <summary>What every service of the distributed composition has.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// Adds telemetry (when configured), the service secret, the drain budget, and Kestrel's port from <c>PORT</c> when no
    /// <c>ASPNETCORE_URLS</c> says otherwise.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="service">Name of the service in telemetry, e.g. <c>core</c>.</param>
    /// <exception cref="InvalidOperationException">A variable is wrong; the message names it, its value and what is allowed.</exception>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, string service)
    {
        var configuration = builder.Configuration;
        // Hosting platforms turn this on for everything they run. It believes every caller about its address; trusted proxies are configured.
        configuration["ForwardedHeaders_Enabled"] = "false";
        builder.AddTelemetry(service, configuration[TelemetryExtensions.EndpointVariable], configuration["OTEL_SERVICE_NAME"]);
        // Otherwise two lines per request; what a request did is in the trace.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // Who runs the process says in one line why it did not start. Otherwise what the host has to say is that a background service failed.
        var failure = new StartFailure();
        builder.Services.AddSingleton(failure);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Critical && !failure.Happened);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(ServiceSecret.From(configuration));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainBudget.Total);
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Harden());
        if (configuration["PORT"] is { Length: > 0 } port && string.IsNullOrEmpty(configuration[WebHostDefaults.ServerUrlsKey]))
        {
            // .NET's images set HTTP_PORTS, and Kestrel would warn that it does not count.
            builder.WebHost.UseUrls(UrlOf(port)).UseSetting(WebHostDefaults.HttpPortsKey, "");
        }
        return builder;
    }

    /// <summary>
    /// Sets what all our servers have in common: no name in answers, and room for more headers than a request may have, so that the answer to one
    /// with too many is ours, and so that an edge can add its own.
    /// </summary>
    /// <param name="kestrel">The server.</param>
    public static void Harden(this KestrelServerOptions kestrel)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestHeaderCount = 256;
        kestrel.Limits.MaxRequestHeadersTotalSize = 64 << 10;
    }

    private static string UrlOf(string port) =>
        ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? $"http://*:{number}"
            : throw new InvalidOperationException($"PORT is '{port}'; allowed are 1 to 65535.");
}
