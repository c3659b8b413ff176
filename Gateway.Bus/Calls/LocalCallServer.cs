using Microsoft.Extensions.Logging;

namespace OpenClaw.Gateway.Bus.Calls;

/// <summary>Whether a server took a call on.</summary>
internal enum CallAdmission
{
    Begun,
    Full,
    Stopped,
}

/// <summary>The handler's side of calls, the same for every bus: admission, concurrency, deadlines and stopping.</summary>
/// <param name="stopping">Called once or more when it takes no more calls.</param>
/// <param name="service">The service served.</param>
/// <param name="handler">Answers one call.</param>
/// <param name="options">Limits.</param>
/// <param name="time">For deadlines.</param>
/// <param name="logger">Where a handler's exceptions go.</param>
internal sealed partial class LocalCallServer(
    Action<LocalCallServer> stopping,
    string service,
    CallHandler handler,
    CallServerOptions options,
    TimeProvider time,
    ILogger logger) : ICallServer
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _slots = new(options.MaxConcurrency);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;
    private bool _stopping;

    public string Service => service;

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        stopping(this);
        lock (_gate)
        {
            _stopping = true;
            if (_calls == 0)
                _idle.TrySetResult();
        }
        try
        {
            await _idle.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await _idle.Task.ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        _slots.Dispose();
        _stop.Dispose();
    }

    internal CallAdmission TryBegin(ReadOnlyMemory<byte> request, TimeSpan timeout, CancellationToken cancellationToken, out Task<CallResult> call)
    {
        call = null!;
        lock (_gate)
        {
            if (_stopping)
                return CallAdmission.Stopped;
            if (_calls >= options.MaxConcurrency + options.MaxWaiting)
                return CallAdmission.Full;
            _calls++;
        }
        // The handler may outlive the wait for it, so it gets a copy of the caller's buffer.
        var pending = new PendingCall(new CallRequest(service, request.ToArray(), time.GetUtcNow() + timeout), timeout, time, _stop.Token, cancellationToken);
        var handling = Task.Run(() => HandleAsync(pending), CancellationToken.None);
        call = AwaitAsync(handling, pending);
        return CallAdmission.Begun;
    }

    private static async Task<CallResult> AwaitAsync(Task<CallResult> handling, PendingCall call)
    {
        try
        {
            return await handling.WaitAsync(call.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return call.Abandoned();
        }
        finally
        {
            call.Dispose();
        }
    }

    private async Task<CallResult> HandleAsync(PendingCall call)
    {
        try
        {
            await _slots.WaitAsync(call.Token).ConfigureAwait(false);
            try
            {
                return CallResult.Answer(await handler(call.Request, call.Token).ConfigureAwait(false));
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (OperationCanceledException) when (call.Token.IsCancellationRequested)
        {
            return call.Abandoned();
        }
        catch (Exception exception)
        {
            LogFailed(exception, service);
            return CallResult.Failure(CallOutcome.ServerFailed, exception.GetType().Name);
        }
        finally
        {
            call.Dispose();
            Finished();
        }
    }

    private void Finished()
    {
        lock (_gate)
        {
            if (--_calls == 0 && _stopping)
                _idle.TrySetResult();
        }
    }

    [LoggerMessage(BusEvents.CallHandlerFailed, LogLevel.Error, "The handler of {Service} failed")]
    private partial void LogFailed(Exception exception, string service);

    /// <summary>A call between its caller and its handler. Both dispose it, and either may be the last.</summary>
    private sealed class PendingCall : IDisposable
    {
        private readonly CancellationToken _serverStop;
        private readonly CancellationToken _caller;
        private readonly CancellationTokenSource _deadline;
        private readonly CancellationTokenSource _any;
        private int _users = 2;

        public PendingCall(CallRequest request, TimeSpan timeout, TimeProvider time, CancellationToken serverStop, CancellationToken caller)
        {
            Request = request;
            _serverStop = serverStop;
            _caller = caller;
            _deadline = new CancellationTokenSource(timeout, time);
            _any = CancellationTokenSource.CreateLinkedTokenSource(_deadline.Token, serverStop, caller);
            Token = _any.Token;
        }

        public CallRequest Request { get; }

        public CancellationToken Token { get; }

        public CallResult Abandoned()
        {
            _caller.ThrowIfCancellationRequested();
            return _serverStop.IsCancellationRequested
                ? CallResult.Failure(CallOutcome.ServerStopped, $"{Request.Service} stopped before it answered.")
                : CallResult.Failure(CallOutcome.DeadlineExceeded, $"{Request.Service} did not answer in time.");
        }

        public void Dispose()
        {
            if (Interlocked.Decrement(ref _users) > 0)
                return;
            _any.Dispose();
            _deadline.Dispose();
        }
    }
}
