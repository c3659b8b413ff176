using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.Calls;
using StackExchange.Redis;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>The caller's side, and the registry of the servers in this process.</summary>
internal sealed partial class RedisCalls(
    RedisBusOptions options,
    RedisConnection connection,
    RedisSubscriptions subscriptions,
    TimeProvider time,
    BusMetrics metrics,
    ILoggerFactory loggers) : ICalls, IRedisParticipant, IRedisListener, IAsyncDisposable
{
    // How soon a caller learns that the process died which answers it.
    private static readonly TimeSpan UpkeepInterval = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = loggers.CreateLogger<RedisCalls>();
    private readonly string _instance = Guid.NewGuid().ToString("N");
    private readonly ConcurrentDictionary<Guid, PendingCall> _pending = new();
    private readonly ConcurrentDictionary<RedisCallServer, byte> _servers = new();
    private readonly SemaphoreSlim _opening = new(1);
    private readonly CancellationTokenSource _stop = new();
    private Task? _upkeep;
    private uint _turn;

    public async ValueTask<CallResult> CallAsync(string service, ReadOnlyMemory<byte> request, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        BusName.Check(service);
        options ??= CallOptions.Default;
        options.Check();
        cancellationToken.ThrowIfCancellationRequested();

        using var activity = BusMetrics.Activities.StartActivity("bus.call");
        activity?.SetTag("bus.service", service);
        var started = time.GetTimestamp();
        var result = await RouteAsync(service, request, options.Timeout, cancellationToken).ConfigureAwait(false);
        activity?.SetTag("bus.outcome", BusMetrics.Name(result.Outcome));
        metrics.Called(service, result.Outcome, time.GetElapsedTime(started));
        return result;
    }

    public async ValueTask<ICallServer> ServeAsync(string service, CallHandler handler, CallServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        BusName.Check(service);
        ArgumentNullException.ThrowIfNull(handler);
        options ??= CallServerOptions.Default;
        options.Check();
        cancellationToken.ThrowIfCancellationRequested();
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        var server = new RedisCallServer(this, service, handler, options, time, _logger);
        await subscriptions.AddAsync(ServerChannel(server.Id), server, cancellationToken).ConfigureAwait(false);
        _servers.TryAdd(server, 0);
        try
        {
            await connection.EvaluateAsync(RedisScript.CallRegister, [Servers(service)], [server.Id], cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Registers anew: a server that was silent for a moment was struck off.</summary>
    public async Task RecoverAsync(RedisLink link, CancellationToken cancellationToken)
    {
        foreach (var server in _servers.Keys)
            await RegisterAsync(link, server, cancellationToken).ConfigureAwait(false);
    }

    public void Disconnected(string reason)
    {
        // Their answers would come on the connection that is gone.
        foreach (var call in _pending.Values)
            call.End(CallResult.Failure(CallOutcome.ServerStopped, "The connection to the bus was lost while the answer was awaited."));
    }

    void IRedisListener.Received(byte[] message)
    {
        if (CallMessage.Decode(message) is { Kind: CallMessageKind.Answer or CallMessageKind.Failure } answer)
        {
            if (_pending.TryGetValue(answer.Call, out var call))
                call.End(answer.ToResult());
        }
        else
        {
            LogMalformed();
        }
    }

    void IRedisListener.Interrupted()
    {
        // Disconnected did what there is to do.
    }

    internal async Task StopServingAsync(RedisCallServer server)
    {
        if (!_servers.TryRemove(server, out _))
            return;
        try
        {
            await connection.EvaluateAsync(RedisScript.CallUnregister, [Servers(server.Service)], [server.Id]).ConfigureAwait(false);
        }
        catch (BusUnavailableException)
        {
            // The next caller finds nobody listening, and strikes it off.
        }
    }

    internal Task StopListeningAsync(RedisCallServer server) => subscriptions.RemoveAsync(ServerChannel(server.Id), server);

    internal async Task AnswerAsync(string instance, CallMessage message)
    {
        try
        {
            var link = await connection.GetAsync().ConfigureAwait(false);
            await link.PublishAsync(ReplyChannel(instance), message.Encode()).ConfigureAwait(false);
        }
        catch (BusUnavailableException exception)
        {
            // The caller has lost its connection too, or its deadline comes.
            LogAnswerLost(exception.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Keys)
            await server.DisposeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_upkeep is not null)
            await _upkeep.ConfigureAwait(false);
        Disconnected("The bus is closed.");
        _stop.Dispose();
        _opening.Dispose();
    }

    private async ValueTask<CallResult> RouteAsync(string service, ReadOnlyMemory<byte> request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (request.Length > options.MaxPayloadBytes)
            return CallResult.Failure(CallOutcome.TooLarge, $"The request has {request.Length} bytes; the bus carries {options.MaxPayloadBytes}.");
        var deadline = Deadline.After(time, timeout);
        var declined = new List<RedisValue>();
        CallResult? overloaded = null;
        try
        {
            await OpenAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                using var call = new PendingCall(deadline.TimerDelay(time), time);
                var sent = new CallMessage(CallMessageKind.Request, call.Id, (int)Math.Max(1, deadline.Remaining(time).TotalMilliseconds), _instance, request).Encode();
                _pending.TryAdd(call.Id, call);
                try
                {
                    var server = await SendAsync(service, sent, declined, cancellationToken).ConfigureAwait(false);
                    if (server is null)
                        return overloaded ?? CallResult.Failure(CallOutcome.NoServer, $"Nobody serves {service}.");
                    call.Server = server;
                    var result = await WaitAsync(call, service, server, cancellationToken).ConfigureAwait(false);
                    // These two say that this server has not begun, so another one may have it.
                    if (result.Outcome == CallOutcome.Overloaded)
                        overloaded = result;
                    else if (result.Outcome != CallOutcome.NoServer)
                        return result;
                    declined.Add(server);
                }
                finally
                {
                    _pending.TryRemove(call.Id, out _);
                }
            }
        }
        catch (RedisInterruptedException exception)
        {
            return CallResult.Failure(CallOutcome.ServerStopped, exception.Message);
        }
        catch (BusUnavailableException exception)
        {
            return CallResult.Failure(CallOutcome.Unavailable, exception.Message);
        }
    }

    private async Task<string?> SendAsync(string service, byte[] message, List<RedisValue> declined, CancellationToken cancellationToken)
    {
        var answer = await connection.EvaluateAsync(
            RedisScript.Call,
            [Servers(service)],
            [options.KeyPrefix + "call:", message, (int)(Interlocked.Increment(ref _turn) & 0xFFFFFF), .. declined],
            cancellationToken).ConfigureAwait(false);
        return (string?)answer;
    }

    private async Task<CallResult> WaitAsync(PendingCall call, string service, string server, CancellationToken cancellationToken)
    {
        try
        {
            return await call.Ended.WaitAsync(cancellationToken).ConfigureAwait(false)
                ?? await GiveUpAsync(CallResult.Failure(CallOutcome.DeadlineExceeded, $"{service} did not answer in time.")).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await GiveUpAsync(default).ConfigureAwait(false);
            throw;
        }

        async Task<CallResult> GiveUpAsync(CallResult result)
        {
            try
            {
                var link = await connection.GetAsync(CancellationToken.None).ConfigureAwait(false);
                await link.PublishAsync(ServerChannel(server), new CallMessage(CallMessageKind.Cancel, call.Id, 0, "", default).Encode(), CancellationToken.None).ConfigureAwait(false);
            }
            catch (BusUnavailableException)
            {
                // The server has the deadline too.
            }
            return result;
        }
    }

    /// <summary>Before the first call or server: the channel of the answers, and the upkeep.</summary>
    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _upkeep) is not null)
            return;
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_upkeep is not null)
                return;
            await subscriptions.AddAsync(ReplyChannel(_instance), this, cancellationToken).ConfigureAwait(false);
            using (ExecutionContext.SuppressFlow())
                Volatile.Write(ref _upkeep, Task.Run(UpkeepAsync, CancellationToken.None));
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task UpkeepAsync()
    {
        try
        {
            for (uint round = 0; ; round++)
            {
                await Task.Delay(UpkeepInterval, connection.Time, _stop.Token).ConfigureAwait(false);
                try
                {
                    await EndOrphansAsync().ConfigureAwait(false);
                    // Every now and then: Redis may have forgotten them, with everything else.
                    if (round % 5 == 4 && !_servers.IsEmpty)
                        await RecoverAsync(await connection.GetAsync(_stop.Token).ConfigureAwait(false), _stop.Token).ConfigureAwait(false);
                }
                catch (BusUnavailableException)
                {
                    // There will be another round.
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The bus is closed.
        }
    }

    /// <summary>Ends the calls whose server is not there any more.</summary>
    private async Task EndOrphansAsync()
    {
        foreach (var calls in _pending.Values.Where(c => c.Server is not null).GroupBy(c => c.Server!).ToList())
        {
            var link = await connection.GetAsync(_stop.Token).ConfigureAwait(false);
            var answer = (RedisResult[])(await link.ExecuteAsync("PUBSUB", [(RedisValue)"NUMSUB", (RedisValue)ServerChannel(calls.Key)], _stop.Token).ConfigureAwait(false))!;
            if ((long)answer[1] > 0)
                continue;
            foreach (var call in calls)
                call.End(CallResult.Failure(CallOutcome.ServerStopped, "The server went away before it answered."));
        }
    }

    private async Task RegisterAsync(RedisLink link, RedisCallServer server, CancellationToken cancellationToken)
    {
        try
        {
            await link.EvaluateAsync(RedisScript.CallRegister, [Servers(server.Service)], [server.Id], cancellationToken).ConfigureAwait(false);
            if (!_servers.ContainsKey(server))
                await link.EvaluateAsync(RedisScript.CallUnregister, [Servers(server.Service)], [server.Id], cancellationToken).ConfigureAwait(false);
        }
        catch (RedisRefusedException)
        {
            // Memory is full, for example. The rest of the bus may still work; this is tried again.
        }
    }

    private RedisKey Servers(string service) => options.KeyPrefix + "servers:" + service;

    private string ServerChannel(string server) => options.KeyPrefix + "call:" + server;

    private string ReplyChannel(string instance) => options.KeyPrefix + "answer:" + instance;

    [LoggerMessage(BusEvents.RedisAnswerLost, LogLevel.Debug, "The answer to a call could not be sent: {Reason}")]
    private partial void LogAnswerLost(string reason);

    [LoggerMessage(BusEvents.RedisMalformedMessage, LogLevel.Warning, "A message on a channel of calls is none")]
    private partial void LogMalformed();

    /// <summary>A call between its sending and its end. Its result is null when the deadline was first.</summary>
    private sealed class PendingCall : IDisposable
    {
        private readonly TaskCompletionSource<CallResult?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ITimer _deadline;

        public PendingCall(TimeSpan timeout, TimeProvider time) =>
            _deadline = time.CreateTimer(static call => ((PendingCall)call!)._ended.TrySetResult(null), this, timeout, Timeout.InfiniteTimeSpan);

        public Guid Id { get; } = Guid.NewGuid();

        public string? Server { get; set; }

        public Task<CallResult?> Ended => _ended.Task;

        public void End(CallResult result) => _ended.TrySetResult(result);

        public void Dispose() => _deadline.Dispose();
    }
}
