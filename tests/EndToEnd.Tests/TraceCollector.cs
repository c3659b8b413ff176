using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OpenClaw.EndToEnd.Tests;

/// <summary>Takes traces over OTLP/HTTP. They are searched as bytes: names and ids stand in the messages as they are.</summary>
internal sealed class TraceCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<byte[]> _batches = [];

    private TraceCollector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapPost("/v1/traces", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            lock (_batches)
                _batches.Add(body.ToArray());
        });
        _app.MapPost("/v1/{other}", static () => Results.Ok());
    }

    /// <summary>Variables that send a program's telemetry here, soon.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
    };

    public static async Task<TraceCollector> StartAsync()
    {
        var collector = new TraceCollector();
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Whether a service sent a span of a name in a trace.</summary>
    public bool Has(string service, string span, string traceId)
    {
        byte[][] batches;
        lock (_batches)
            batches = [.. _batches];
        return batches.Any(batch => Contains(batch, Text(service)) && Contains(batch, Text(span)) && Contains(batch, Convert.FromHexString(traceId)));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static bool Contains(byte[] all, byte[] part) => all.AsSpan().IndexOf(part) >= 0;
}
