using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.ServiceDefaults.Telemetry;
using OpenClaw.Testing;

namespace OpenClaw.ServiceDefaults.Tests.Telemetry;

/// <summary>A real receiver of OTLP over HTTP. The SDK reads its variables from the process, so this is one test.</summary>
public sealed class TelemetryExportTests
{
    [Fact]
    public async Task Endpoint_WhenSet_GetsTracesMetricsAndLogs_WithTheServiceName()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = WebApplication.CreateSlimBuilder().Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.AddOrUpdate(context.Request.Path.Value!, _ => Text(body), (_, before) => before + Text(body));
            context.Response.StatusCode = StatusCodes.Status200OK;
        });
        await collector.StartAsync();
        var endpoint = collector.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        try
        {
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            Assert.True(builder.AddTelemetry("core", endpoint));
            using (var host = builder.Build())
            {
                await host.StartAsync();
                using (var source = new ActivitySource("OpenClaw.Test"))
                using (source.StartActivity("work of the test"))
                    host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Test").LogWarning("a line of the test");
                await host.StopAsync();
            }
            await TestTimeouts.Until(() => received.Count == 3, "traces, metrics and logs");
        }
        finally
        {
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", null);
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", null);
        }

        Assert.Contains("work of the test", received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("a line of the test", received["/v1/logs"], StringComparison.Ordinal);
        Assert.Contains("dotnet.", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.All(received.Values, text => Assert.Contains("core", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Endpoint_WhenNotSet_AddsNothing()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var before = builder.Services.Count;

        Assert.False(builder.AddTelemetry("core", " "));
        Assert.Equal(before, builder.Services.Count);
    }

    private static string Text(MemoryStream body) => Encoding.Latin1.GetString(body.ToArray());
}
