using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.Calls;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>The handler's side: takes requests from its channel and publishes the answers to the callers' channels.</summary>
internal sealed class RedisCallServer : ICallServer, IRedisListener
{
    private readonly RedisCalls _owner;
    private readonly LocalCallServer _server;
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> _running = new();
    private readonly ConcurrentDictionary<Task, byte> _answering = new();
    private int _disposed;

    public RedisCallServer(RedisCalls owner, string service, CallHandler handler, CallServerOptions options, TimeProvider time, ILogger logger)
    {
        _owner = owner;
        _server = new LocalCallServer(_ => { }, service, handler, options, time, logger);
    }

    public string Id { get; } = Guid.NewGuid().ToString("N");

    public string Service => _server.Service;

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        // First the own door: what is on its way already is sent on to another server.
        var stopping = _server.StopAsync(cancellationToken);
        await _owner.StopServingAsync(this).ConfigureAwait(false);
        await stopping.ConfigureAwait(false);
        await Task.WhenAll(_answering.Keys).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        await _owner.StopListeningAsync(this).ConfigureAwait(false);
        await Task.WhenAll(_answering.Keys).ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
    }

    void IRedisListener.Received(byte[] message)
    {
        if (CallMessage.Decode(message) is not { } call)
            return;
        if (call.Kind == CallMessageKind.Request)
            Begin(call);
        else if (call.Kind == CallMessageKind.Cancel && _running.TryGetValue(call.Call, out var cancellation))
            Track(CancelAsync(cancellation));
    }

    void IRedisListener.Interrupted()
    {
        // Callers see to their calls themselves.
    }

    private static async Task CancelAsync(CancellationTokenSource cancellation)
    {
        try
        {
            // Not on the thread that delivers messages: the handler's callbacks run here.
            await Task.Yield();
            await cancellation.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }

    private void Begin(CallMessage request)
    {
        var cancellation = new CancellationTokenSource();
        if (!_running.TryAdd(request.Call, cancellation))
        {
            cancellation.Dispose();
            return;
        }
        var timeout = TimeSpan.FromMilliseconds(Math.Clamp(request.Number, 1, 3_600_000));
        Track(_server.TryBegin(request.Payload, timeout, cancellation.Token, out var call) switch
        {
            CallAdmission.Begun => AnswerAsync(request, call, cancellation),
            CallAdmission.Full => DeclineAsync(request, CallOutcome.Overloaded, $"{Service} has too many calls waiting.", cancellation),
            _ => DeclineAsync(request, CallOutcome.NoServer, $"Nobody serves {Service}.", cancellation),
        });
    }

    private async Task AnswerAsync(CallMessage request, Task<CallResult> call, CancellationTokenSource cancellation)
    {
        CallResult result;
        try
        {
            result = await call.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Forget(request, cancellation);
            return;
        }
        Forget(request, cancellation);
        await _owner.AnswerAsync(request.ReplyTo, result.IsAnswered
            ? new CallMessage(CallMessageKind.Answer, request.Call, 0, "", result.Payload)
            : CallMessage.Failure(request.Call, result.Outcome, result.Error ?? "")).ConfigureAwait(false);
    }

    private async Task DeclineAsync(CallMessage request, CallOutcome outcome, string error, CancellationTokenSource cancellation)
    {
        Forget(request, cancellation);
        await _owner.AnswerAsync(request.ReplyTo, CallMessage.Failure(request.Call, outcome, error)).ConfigureAwait(false);
    }

    private void Forget(CallMessage request, CancellationTokenSource cancellation)
    {
        _running.TryRemove(request.Call, out _);
        cancellation.Dispose();
    }

    /// <summary>Keeps a task until it has ended, so that stopping can wait for it.</summary>
    private void Track(Task task)
    {
        if (task.IsCompleted)
            return;
        _answering.TryAdd(task, 0);
        _ = task.ContinueWith(static (ended, all) => ((ConcurrentDictionary<Task, byte>)all!).TryRemove(ended, out _), _answering, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
