using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Fakes.OpenAi;

/// <summary>
/// A model server over a real socket: OpenAI's <c>/v1/chat/completions</c> and <c>/v1/models</c>, Anthropic's
/// <c>/v1/messages</c>. Answers come from <see cref="Enqueue"/>, else from directives in the user's text, else it echoes.
/// </summary>
public sealed class FakeModelServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<FakeReply> _replies = new();
    private readonly List<RecordedRequest> _requests = [];
    private readonly Directives _directives = new();
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open;
    private int _disposed;

    private FakeModelServer(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        _app = builder.Build();
        _app.MapPost("/v1/chat/completions", context => AnswerAsync(context, anthropic: false));
        _app.MapPost("/v1/messages", context => AnswerAsync(context, anthropic: true));
        _app.MapGet("/v1/models", ListModelsAsync);
    }

    /// <summary>For OpenAI-like clients, with <c>/v1</c>.</summary>
    public Uri OpenAiBaseUrl => new(Address, "/v1");

    /// <summary>For Anthropic clients, without <c>/v1</c>.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>
    /// False forgets requests when they are answered. Each has the whole conversation in it, so the memory of a long run grows with the square of its messages.
    /// </summary>
    public bool KeepsRequests { get; set; } = true;

    /// <summary>The requests so far, in order.</summary>
    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    /// <summary>Requests that are being answered.</summary>
    public int OpenRequests => Volatile.Read(ref _open);

    /// <summary>Only this key is accepted, when set; others get a 401.</summary>
    public string? RequiredKey { get; set; }

    /// <summary>Starts a server; port 0 takes a free one.</summary>
    public static async Task<FakeModelServer> StartAsync(int port = 0)
    {
        var server = new FakeModelServer(port);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Answers for the next requests, in order.</summary>
    public void Enqueue(params FakeReply[] replies)
    {
        foreach (var reply in replies)
            _replies.Enqueue(reply);
    }

    /// <summary>Waits until this many requests have come.</summary>
    public async Task WaitForRequestsAsync(int count, TimeSpan timeout)
    {
        while (true)
        {
            Task arrived;
            lock (_requests)
            {
                if (_requests.Count >= count)
                    return;
                arrived = _arrived.Task;
            }
            await arrived.WaitAsync(timeout);
        }
    }

    /// <summary>Runs until the process is told to stop.</summary>
    public Task RunAsync() => _app.WaitForShutdownAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stop.CancelAsync();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _stop.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, bool anthropic)
    {
        Interlocked.Increment(ref _open);
        try
        {
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stop.Token);
            var request = await RecordAsync(context, gone.Token);
            var reply = KeyFits(context) ? NextReply(request) : FakeReply.Error(401, "Incorrect API key provided");
            await ReplyPlayer.PlayAsync(context, request, reply, anthropic, gone.Token);
        }
        catch (OperationCanceledException)
        {
            // The client went away, which is what a test of aborts is about.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task<RecordedRequest> RecordAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: cancellationToken) as JsonObject ?? [];
        var headers = context.Request.Headers.ToDictionary(static h => h.Key.ToLowerInvariant(), static h => h.Value.ToString());
        var request = new RecordedRequest(context.Request.Method, context.Request.Path, headers, body);
        TaskCompletionSource arrived;
        lock (_requests)
        {
            if (KeepsRequests)
                _requests.Add(request);
            arrived = _arrived;
            _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        arrived.SetResult();
        return request;
    }

    private bool KeyFits(HttpContext context) =>
        RequiredKey is null
        || context.Request.Headers.Authorization == $"Bearer {RequiredKey}"
        || context.Request.Headers["x-api-key"] == RequiredKey;

    private FakeReply NextReply(RecordedRequest request) =>
        _replies.TryDequeue(out var scripted) ? scripted : _directives.Answer(request);

    private static Task ListModelsAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("""{"object":"list","data":[{"id":"fake-1","object":"model"},{"id":"fake-2","object":"model"}]}""");
    }
}
