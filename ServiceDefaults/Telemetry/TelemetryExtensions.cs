using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenClaw.ServiceDefaults.Telemetry;

/// <summary>Telemetry, for those who want it.</summary>
public static class TelemetryExtensions
{
    /// <summary>Without this variable nothing is collected, nothing is sent, and not even the libraries are loaded.</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Sends traces, metrics and logs when <see cref="EndpointVariable"/> is set.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="service">Name of the service; <c>OTEL_SERVICE_NAME</c> wins.</param>
    /// <param name="endpoint">Value of the variable.</param>
    /// <param name="configuredName">Value of <c>OTEL_SERVICE_NAME</c>.</param>
    /// <returns>True when telemetry is on; an <see cref="ILoggerProvider"/> is then among the services.</returns>
    public static bool AddTelemetry(this IHostApplicationBuilder builder, string service, string? endpoint, string? configuredName = null)
    {
        if (string.IsNullOrWhiteSpace(endpoint))
            return false;
        Add(builder.Services, string.IsNullOrWhiteSpace(configuredName) ? service : configuredName);
        return true;
    }

    /// <summary>A method of its own, so that the libraries are loaded only when it is called.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Add(IServiceCollection services, string service)
    {
        var version = typeof(TelemetryExtensions).Assembly.GetName().Version?.ToString(3) ?? "0";
        services.AddSingleton(_ => new TelemetryExport(service, version));
        services.AddHostedService(provider => provider.GetRequiredService<TelemetryExport>());
        services.AddSingleton<ILoggerProvider>(provider => new FactoryLoggerProvider(provider.GetRequiredService<TelemetryExport>().Loggers));
    }
}
