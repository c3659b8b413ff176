using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OpenClaw.ServiceDefaults.Telemetry;

/// <summary>
/// Sends traces, metrics and logs over OTLP, to where the standard <c>OTEL_*</c> variables say. The instrumentation is .NET's own, which
/// needs only to be listened to, and ours, whose names all start with <c>OpenClaw.</c>.
/// </summary>
internal sealed class TelemetryExport : IHostedService, IDisposable
{
    private static readonly string[] Sources = ["OpenClaw.*", "Microsoft.AspNetCore", "System.Net.Http"];

    private static readonly string[] Meters =
        ["OpenClaw.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "System.Net.Http", "System.Runtime"];

    private readonly OpenTelemetrySdk _sdk;

    public TelemetryExport(string service, string version) => _sdk = OpenTelemetrySdk.Create(telemetry => telemetry
        .ConfigureResource(resource => resource.AddService(service, serviceNamespace: "openclaw", serviceVersion: version))
        .WithTracing(tracing => tracing.AddSource(Sources))
        .WithMetrics(metrics => metrics.AddMeter(Meters))
        .WithLogging()
        .UseOtlpExporter());

    public ILoggerFactory Loggers => _sdk.GetLoggerFactory();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what waits, for at most the SDK's own few seconds.</summary>
    public void Dispose() => _sdk.Dispose();
}
