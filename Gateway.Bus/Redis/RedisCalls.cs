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
                    // Not to be cancelled: a caller that gives up tells the server, and only the answer to this says which it is.
                    var server = await SendAsync(service, sent, declined).ConfigureAwait(false);
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

    private async Task<string?> SendAsync(string service, byte[] message, List<RedisValue> declined)
    {
        var answer = await connection.EvaluateAsync(
            RedisScript.Call,
            [Servers(service)],
            [options.KeyPrefix + "call:", message, (int)(Interlocked.Increment(ref _turn) & 0xFFFFFF), .. declined]).ConfigureAwait(false);
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

    private RedisKey Servers(string service) => options.KeyPrefix + "servers:" + service;

    private string ServerChannel(string server) => options.KeyPrefix + "call:" + server;

    private string ReplyChannel(string instance) => options.KeyPrefix + "answer:" + instance;

    [LoggerMessage(BusEvents.RedisAnswerLost, LogLevel.Debug, "The answer to a call could not be sent: {Reason}")]
    private partial void LogAnswerLost(string reason);

    [LoggerMessage(BusEvents.RedisMalformedMessage, LogLevel.Warning, "A message on a channel of calls is none")]
    private partial void LogMalformed();
}
