using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Health;

/// <summary>Takes health snapshots, one at a time, and tells every client about each.</summary>
internal sealed partial class HealthReporter(HealthSurvey survey, Broadcaster broadcaster, StateVersions versions, TimeProvider time, ILogger<HealthReporter> logger)
    : BackgroundService
{
    /// <summary>Age up to which a snapshot answers <c>health</c>, and interval of the refresh.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Lock _gate = new();
    private TaskCompletionSource<HealthSnapshot> _next = NewPromise();
    private HealthSnapshot? _last;

    /// <summary>The last snapshot; waits for the first one after a start.</summary>
    public ValueTask<HealthSnapshot> LastAsync() => Volatile.Read(ref _last) is { } last ? ValueTask.FromResult(last) : new ValueTask<HealthSnapshot>(RefreshAsync());

    /// <summary>Asks for a snapshot soon; requests that come before it is taken share it.</summary>
    public void RequestRefresh()
    {
        lock (_gate)
        {
            if (_wake.CurrentCount == 0)
                _wake.Release();
        }
    }

    /// <summary>Takes a snapshot and returns it.</summary>
    public Task<HealthSnapshot> RefreshAsync()
    {
        lock (_gate)
        {
            var next = _next.Task;
            if (_wake.CurrentCount == 0)
                _wake.Release();
            return next;
        }
    }

    /// <summary>True when the last snapshot may still answer a call.</summary>
    public bool IsFresh => Volatile.Read(ref _last) is { } last && time.GetUtcNow().ToUnixTimeMilliseconds() - last.Ts < Freshness.TotalMilliseconds;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WaitForWorkAsync(stoppingToken).ConfigureAwait(false);
                await TakeAndTellAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (IOException e)
            {
                LogFailed(logger, e);
                TakePromise().TrySetException(e);
            }
        }
    }

    private async Task WaitForWorkAsync(CancellationToken stoppingToken)
    {
        using var interval = new CancellationTokenSource(Freshness, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interval.Token, stoppingToken);
        try
        {
            await _wake.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interval.IsCancellationRequested && !stoppingToken.IsCancellationRequested)
        {
            // The interval is over: refresh without being asked.
        }
    }

    private async Task TakeAndTellAsync(CancellationToken cancellationToken)
    {
        // Whoever asks from now on wants a later one: this one looks at a state that may be older.
        var promise = TakePromise();
        var snapshot = await survey.TakeAsync(cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _last, snapshot);
        versions.BumpHealth();
        broadcaster.Broadcast(EventNames.Health, snapshot, ProtocolJson.Context.HealthSnapshot);
        promise.TrySetResult(snapshot);
    }

    private TaskCompletionSource<HealthSnapshot> TakePromise()
    {
        lock (_gate)
        {
            var promise = _next;
            _next = NewPromise();
            return promise;
        }
    }

    private static TaskCompletionSource<HealthSnapshot> NewPromise() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    [LoggerMessage(1401, LogLevel.Warning, "The health snapshot could not be taken.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
