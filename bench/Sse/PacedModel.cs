using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Benchmarks.Sse;

/// <summary>
/// A model that streams at a fixed pace. Every delta carries the moment at which it was written, so that whoever reads it, directly or
/// through a gateway, knows how long it was under way. It begins when as many requests have come as are expected.
/// </summary>
internal sealed class PacedModel(TimeSpan pace) : IAsyncDisposable
{
    private WebApplication? _app;
    private TaskCompletionSource _allThere = new();
    private int _waiting;
    private int _streams;
    private int _deltas;

    public Uri BaseUrl => new(new Uri(_app!.Urls.First()), "/v1");

    /// <summary>All requests have come, and the deltas begin.</summary>
    public Task AllThere => _allThere.Task;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/v1/chat/completions", AnswerAsync);
        await _app.StartAsync();
    }

    /// <summary>Expects so many requests next, and gives each so many deltas.</summary>
    public void Expect(int streams, int deltas)
    {
        (_waiting, _streams, _deltas) = (0, streams, deltas);
        _allThere = new TaskCompletionSource();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using (var reader = new StreamReader(context.Request.Body))
            await reader.ReadToEndAsync(context.RequestAborted);
        var number = Interlocked.Increment(ref _waiting);
        if (number == _streams)
            _allThere.SetResult();
        await _allThere.Task.WaitAsync(context.RequestAborted);
        context.Response.ContentType = "text/event-stream";
        // Spread over the interval, as independent streams would be.
        await Task.Delay(pace * (number / (double)_streams), context.RequestAborted);
        using var timer = new PeriodicTimer(pace);
        for (var i = 0; i < _deltas; i++)
        {
            await WriteAsync(context, string.Create(CultureInfo.InvariantCulture, $"{{\"content\":\" t{Stopwatch.GetTimestamp()}\"}}"), "null");
            await timer.WaitForNextTickAsync(context.RequestAborted);
        }
        await WriteAsync(context, "{}", "\"stop\"");
        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext context, string delta, string reason)
    {
        await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes($"data: {{\"choices\":[{{\"index\":0,\"delta\":{delta},\"finish_reason\":{reason}}}]}}\n\n"), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
