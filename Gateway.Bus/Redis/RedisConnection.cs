using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>
/// Keeps a connection: makes it, asks it for signs of life, and replaces it when it is lost. Who wants to use it while
/// there is none is told so at once.
/// </summary>
internal sealed partial class RedisConnection : IAsyncDisposable
{
    private static readonly TimeSpan FirstReconnectDelay = TimeSpan.FromMilliseconds(100);

    // A server that is silent for longer gets a new connection: the old one may have died without a word.
    private static readonly TimeSpan SilenceBeforeReconnect = TimeSpan.FromSeconds(5);

    private readonly RedisBusOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<long>? _clockOffset;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly RedisWriteCheck _writeCheck;
    private readonly RedisMembership _membership;
    // In the order in which they recover: subscriptions before those who need them.
    private ImmutableList<IRedisParticipant> _participants = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RedisLink? _ready;
    private BusConnection _state;
    private long _connectedAt;
    private Task? _work;
    private bool _isClosed;

    /// <param name="options">Validated options.</param>
    /// <param name="time">For signs of life, timeouts and pauses.</param>
    /// <param name="clockOffset">What tests add to the clock of Redis, in milliseconds.</param>
    /// <param name="logger">Where changes are told.</param>
    public RedisConnection(RedisBusOptions options, TimeProvider time, Func<long>? clockOffset, ILogger logger)
    {
        _options = options;
        _time = time;
        _clockOffset = clockOffset;
        _logger = logger;
        _writeCheck = new RedisWriteCheck(options, logger);
        _membership = new RedisMembership(options, time);
        _state = new BusConnection(BusConnectionState.Connecting, "The first connection is being made.", time.GetUtcNow());
    }

    public TimeProvider Time => _time;

    public BusHealth Health
    {
        get
        {
            BusConnection state;
            lock (_gate)
                state = _state;
            List<string> faults = [];
            if (state.State != BusConnectionState.Connected)
                faults.Add(state.Reason!);
            else if (_writeCheck.Fault is { } refusal)
                faults.Add(refusal);
            return new BusHealth(faults) { Connection = state };
        }
    }

    /// <summary>How long the connection has worked without a break; zero when it does not.</summary>
    public TimeSpan ConnectedFor
    {
        get
        {
            lock (_gate)
                return _ready is null ? TimeSpan.Zero : _time.GetElapsedTime(_connectedAt);
        }
    }

    public void Add(IRedisParticipant participant) => ImmutableInterlocked.Update(ref _participants, static (all, one) => all.Add(one), participant);

    public void Remove(IRedisParticipant participant) => ImmutableInterlocked.Update(ref _participants, static (all, one) => all.Remove(one), participant);

    /// <summary>Begins to connect, unless that has begun.</summary>
    public void Start()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(RedisBus));
            if (_work is not null)
                return;
            using (ExecutionContext.SuppressFlow())
                _work = Task.Run(WorkAsync);
        }
    }

    /// <summary>The connection. Waits only while the first one is being made.</summary>
    /// <exception cref="BusUnavailableException">There is none.</exception>
    public ValueTask<RedisLink> GetAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_ready is { } link)
                return new ValueTask<RedisLink>(link);
            if (_state.State == BusConnectionState.Disconnected)
                return ValueTask.FromException<RedisLink>(Unavailable(_state.Reason!));
        }
        return WaitForFirstAsync(cancellationToken);
    }

    /// <summary>Runs a script on the connection.</summary>
    /// <exception cref="BusUnavailableException">There is no connection, or it failed; see the types derived from it.</exception>
    public async Task<RedisResult> EvaluateAsync(RedisScript script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken = default)
    {
        var link = await GetAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await link.EvaluateAsync(script, keys, arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (RedisRefusedException exception)
        {
            _writeCheck.Refused(exception);
            throw;
        }
    }

    /// <summary>Waits until there is a connection.</summary>
    public async Task UntilConnectedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_ready is not null)
                    return;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task? work;
        lock (_gate)
        {
            _isClosed = true;
            work = _work;
        }
        await _stop.CancelAsync().ConfigureAwait(false);
        if (work is not null)
            await work.ConfigureAwait(false);
        Change(null, BusConnectionState.Disconnected, "The bus is closed.");
        _stop.Dispose();
    }

    internal static BusUnavailableException Unavailable(string reason) => new(reason);

    private async ValueTask<RedisLink> WaitForFirstAsync(CancellationToken cancellationToken)
    {
        Start();
        Task changed;
        lock (_gate)
            changed = _state.State == BusConnectionState.Connecting ? _changed.Task : Task.CompletedTask;
        await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
            return _ready ?? throw Unavailable(_state.Reason!);
    }

    private async Task WorkAsync()
    {
        var attempt = 0;
        while (!_stop.IsCancellationRequested)
        {
            var reason = await ConnectAndWatchAsync(connected: () => attempt = 0).ConfigureAwait(false);
            if (_stop.IsCancellationRequested)
                return;
            Disconnect(reason);
            try
            {
                await Task.Delay(PauseAfter(attempt++), _time, _stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Lives through one connection; returns why it ended.</summary>
    private async Task<string> ConnectAndWatchAsync(Action connected)
    {
        RedisLink? link = null;
        try
        {
            link = await RedisLink.OpenAsync(RedisClientConfiguration.Create(_options), _options.CommandTimeout, _time, _clockOffset).ConfigureAwait(false);
            await _membership.JoinAsync(link, _stop.Token).ConfigureAwait(false);
            await _writeCheck.InspectAsync(link, _stop.Token).ConfigureAwait(false);
            foreach (var script in RedisScript.All)
                await link.ExecuteAsync("SCRIPT", [(RedisValue)"LOAD", (RedisValue)script.Text], _stop.Token).ConfigureAwait(false);
            foreach (var participant in _participants)
                await participant.RecoverAsync(link, _stop.Token).ConfigureAwait(false);
            connected();
            Change(link, BusConnectionState.Connected, null);
            LogConnected();
            return await WatchAsync(link).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return "The bus is closed.";
        }
        catch (Exception exception)
        {
            // Whatever it is, the process and its other connections live on, and health says what it is.
            LogRecoveryFailed(exception);
            return RedisErrors.WhyNotConnected(exception);
        }
        finally
        {
            if (link is not null)
                await CloseAsync(link).ConfigureAwait(false);
        }
    }

    /// <summary>Asks for signs of life until the connection is lost; returns why it is.</summary>
    private async Task<string> WatchAsync(RedisLink link)
    {
        while (true)
        {
            var pause = Task.Delay(_options.ProbeInterval, _time, _stop.Token);
            if (await Task.WhenAny(pause, link.Failed).ConfigureAwait(false) == link.Failed)
                return await link.Failed.ConfigureAwait(false);
            await pause.ConfigureAwait(false);
            var probe = link.ProbeAsync();
            if (!await AnswersAsync(probe, _options.ProbeTimeout).ConfigureAwait(false))
            {
                Disconnect("Redis does not answer.");
                if (!await AnswersAsync(probe, SilenceBeforeReconnect).ConfigureAwait(false))
                    return "Redis does not answer.";
                Change(link, BusConnectionState.Connected, null);
                LogConnected();
            }
            await _membership.RenewAsync(link, _stop.Token).ConfigureAwait(false);
            await _writeCheck.TryAgainAsync(link, _stop.Token).ConfigureAwait(false);
        }
    }

    /// <summary>False when the time is over; throws when the connection is.</summary>
    private async Task<bool> AnswersAsync(Task probe, TimeSpan patience)
    {
        try
        {
            await probe.WaitAsync(patience, _time, _stop.Token).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            // A process that was itself stopped, or starved, finds the answer and the timer at the same moment.
            for (var i = 0; i < 10 && !probe.IsCompleted; i++)
                await Task.Delay(TimeSpan.FromMilliseconds(5), _time, _stop.Token).ConfigureAwait(false);
            return probe.IsCompletedSuccessfully;
        }
    }

    private async Task CloseAsync(RedisLink link)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_ready, link))
                _ready = null;
        }
        await link.DisposeAsync().ConfigureAwait(false);
    }

    private void Disconnect(string reason)
    {
        var wasDown = Change(null, BusConnectionState.Disconnected, reason);
        if (!wasDown)
            LogDisconnected(reason);
        foreach (var participant in _participants)
            participant.Disconnected(reason);
    }

    /// <summary>Returns whether it was disconnected before; then only the reason changes, not since when.</summary>
    private bool Change(RedisLink? ready, BusConnectionState state, string? reason)
    {
        TaskCompletionSource changed;
        bool was;
        lock (_gate)
        {
            was = _state.State == BusConnectionState.Disconnected;
            _ready = ready;
            if (ready is not null)
                _connectedAt = _time.GetTimestamp();
            _state = new BusConnection(state, reason, _state.State == state ? _state.Since : _time.GetUtcNow());
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        changed.TrySetResult();
        return was;
    }

    private TimeSpan PauseAfter(int attempt)
    {
        var longest = Math.Min(_options.MaxReconnectDelay.TotalMilliseconds, FirstReconnectDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 20)));
        return TimeSpan.FromMilliseconds((longest / 2) + (longest / 2 * Jitter.Next()));
    }

    [LoggerMessage(BusEvents.RedisConnected, LogLevel.Information, "Redis is connected")]
    private partial void LogConnected();

    [LoggerMessage(BusEvents.RedisDisconnected, LogLevel.Error, "Redis is not available: {Reason} Attempts go on")]
    private partial void LogDisconnected(string reason);

    [LoggerMessage(BusEvents.RedisRecoveryFailed, LogLevel.Debug, "A connection to Redis ended")]
    private partial void LogRecoveryFailed(Exception exception);
}
