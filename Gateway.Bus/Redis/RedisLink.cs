using StackExchange.Redis;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>
/// One connection to Redis, from its making to its end: it is never mended, but replaced by another. The only place
/// that knows the client library and how its versions differ.
/// </summary>
internal sealed class RedisLink : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _multiplexer;
    private readonly IDatabase _database;
    private readonly ISubscriber _subscriber;
    private readonly TimeSpan _timeout;
    private readonly Func<long>? _clockOffset;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource<string> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationToken _whenLost;
    private Task _failing = Task.CompletedTask;

    private RedisLink(ConnectionMultiplexer multiplexer, TimeSpan timeout, TimeProvider time, Func<long>? clockOffset)
    {
        _multiplexer = multiplexer;
        _whenLost = _lost.Token;
        _timeout = timeout;
        _time = time;
        _clockOffset = clockOffset;
        _database = multiplexer.GetDatabase();
        _subscriber = multiplexer.GetSubscriber();
        multiplexer.ConnectionFailed += (_, failure) => Fail($"The connection to Redis was lost ({failure.FailureType}).");
    }

    /// <summary>Completes with the reason when the connection is lost.</summary>
    public Task<string> Failed => _failed.Task;

    /// <exception cref="Exception">Anything the client throws when it cannot connect; see <see cref="RedisErrors.WhyNotConnected"/>.</exception>
    public static async Task<RedisLink> OpenAsync(ConfigurationOptions configuration, TimeSpan timeout, TimeProvider time, Func<long>? clockOffset)
    {
        var multiplexer = await ConnectionMultiplexer.ConnectAsync(configuration).ConfigureAwait(false);
        return new RedisLink(multiplexer, timeout, time, clockOffset);
    }

    /// <summary>Runs a script. The order of calls is the order in which Redis runs them.</summary>
    /// <exception cref="RedisRefusedException">Redis answered with an error.</exception>
    /// <exception cref="RedisInterruptedException">The answer did not come.</exception>
    public async Task<RedisResult> EvaluateAsync(RedisScript script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken = default)
    {
        var command = new object[2 + keys.Length + 1 + arguments.Length];
        command[0] = script.Hash;
        command[1] = (RedisValue)keys.Length;
        for (var i = 0; i < keys.Length; i++)
            command[2 + i] = keys[i];
        command[2 + keys.Length] = (RedisValue)(_clockOffset?.Invoke() ?? 0);
        for (var i = 0; i < arguments.Length; i++)
            command[3 + keys.Length + i] = arguments[i];
        try
        {
            return await ExecuteAsync("EVALSHA", command, cancellationToken).ConfigureAwait(false);
        }
        catch (RedisRefusedException exception) when (exception.Message.Contains("NOSCRIPT", StringComparison.Ordinal))
        {
            // Somebody flushed the scripts that were loaded when the connection was made.
            command[0] = (RedisValue)script.Text;
            return await ExecuteAsync("EVAL", command, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="EvaluateAsync"/>
    public Task<RedisResult> ExecuteAsync(string command, object[] arguments, CancellationToken cancellationToken = default) =>
        AnswerAsync(command, arguments, _timeout, cancellationToken);

    /// <summary>Publishes on a channel.</summary>
    /// <exception cref="BusUnavailableException">That failed.</exception>
    public Task PublishAsync(string channel, byte[] message, CancellationToken cancellationToken = default) =>
        ExecuteAsync("PUBLISH", [(RedisValue)channel, (RedisValue)message], cancellationToken);

    /// <summary>Asks for a sign of life and waits for it as long as it takes.</summary>
    public Task ProbeAsync() => AnswerAsync("PING", [], Timeout.InfiniteTimeSpan, CancellationToken.None);

    /// <summary>Subscribes; messages come one at a time and in order.</summary>
    public async Task SubscribeAsync(string channel, Action<byte[]> received, CancellationToken cancellationToken)
    {
        try
        {
            var name = new RedisChannel(channel, RedisChannel.PatternMode.Literal);
#if REDIS_CLIENT_1
            await _subscriber.SubscribeAsync(name, (_, message) => received((byte[]?)message ?? [])).WaitAsync(_timeout, _time, cancellationToken).ConfigureAwait(false);
#else
            // The other overload of this version does not keep messages in order.
            var messages = await _subscriber.SubscribeAsync(name).WaitAsync(_timeout, _time, cancellationToken).ConfigureAwait(false);
            messages.OnMessage(message => received((byte[]?)message.Message ?? []));
#endif
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && RedisErrors.Translate(exception) is { } translated)
        {
            throw translated;
        }
    }

    public async Task UnsubscribeAsync(string channel)
    {
        try
        {
            await _subscriber.UnsubscribeAsync(new RedisChannel(channel, RedisChannel.PatternMode.Literal)).WaitAsync(_timeout, _time).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisErrors.Translate(exception) is { } translated)
        {
            throw translated;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Fail("The connection was closed.");
        try
        {
            await _multiplexer.CloseAsync(allowCommandsToComplete: false).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisErrors.Translate(exception) is not null)
        {
            // It was broken, and is gone now.
        }
        _multiplexer.Dispose();
        await _failing.ConfigureAwait(false);
        _lost.Dispose();
    }

    private void Fail(string reason)
    {
        // Elsewhere: whoever waits goes on from there, and this is the client's thread.
        if (_failed.TrySetResult(reason))
            _failing = _lost.CancelAsync();
    }

    private async Task<RedisResult> AnswerAsync(string command, object[] arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        RedisResult? result = null;
        BusUnavailableException? failure = null;
        // The client keeps what it has not sent when the connection is lost. Nobody has to wait for that.
        using var either = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _whenLost) : null;
        try
        {
            result = await _database.ExecuteAsync(command, arguments).WaitAsync(timeout, _time, either?.Token ?? _whenLost).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            failure = new RedisInterruptedException("The connection to Redis was lost.", exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && RedisErrors.Translate(exception) is { } translated)
        {
            failure = translated;
        }
        // Answers come one after the other on the client's thread, which the caller's code must not hold up.
        await Task.Yield();
        return failure is null ? result! : throw failure;
    }
}
