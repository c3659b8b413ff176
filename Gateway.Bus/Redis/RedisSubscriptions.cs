namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>Hears what is published on a channel.</summary>
internal interface IRedisListener
{
    /// <summary>A message, in its order. Must not wait.</summary>
    void Received(byte[] message);

    /// <summary>The connection was replaced, so messages may be missing from here on.</summary>
    void Interrupted();
}

/// <summary>Subscribes once per channel, whatever the number of listeners, and again on every new connection.</summary>
internal sealed class RedisSubscriptions(RedisConnection connection) : IRedisParticipant, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<IRedisListener>> _listeners = new(StringComparer.Ordinal);

    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    public async Task AddAsync(string channel, IRedisListener listener, CancellationToken cancellationToken)
    {
        var link = await connection.GetAsync(cancellationToken).ConfigureAwait(false);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            bool isFirst;
            lock (_gate)
            {
                isFirst = !_listeners.TryGetValue(channel, out var listeners);
                if (isFirst)
                    _listeners.Add(channel, listeners = []);
                listeners!.Add(listener);
            }
            if (!isFirst)
                return;
            try
            {
                await link.SubscribeAsync(channel, message => Deliver(channel, message), cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                Forget(channel, listener);
                throw;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task RemoveAsync(string channel, IRedisListener listener)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!Forget(channel, listener))
                return;
            var link = await connection.GetAsync().ConfigureAwait(false);
            await link.UnsubscribeAsync(channel).ConfigureAwait(false);
        }
        catch (BusUnavailableException)
        {
            // The subscription went with its connection.
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task RecoverAsync(RedisLink link, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            List<KeyValuePair<string, List<IRedisListener>>> all;
            lock (_gate)
                all = [.. _listeners.Select(l => KeyValuePair.Create(l.Key, l.Value.ToList()))];
            foreach (var (channel, listeners) in all)
            {
                await link.SubscribeAsync(channel, message => Deliver(channel, message), cancellationToken).ConfigureAwait(false);
                listeners.ForEach(l => l.Interrupted());
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Disconnected(string reason)
    {
    }

    public void Dispose() => _turn.Dispose();

    private void Deliver(string channel, byte[] message)
    {
        lock (_gate)
        {
            if (!_listeners.TryGetValue(channel, out var listeners))
                return;
            foreach (var listener in listeners)
                listener.Received(message);
        }
    }

    /// <summary>Returns whether that was the channel's last listener.</summary>
    private bool Forget(string channel, IRedisListener listener)
    {
        lock (_gate)
        {
            if (!_listeners.TryGetValue(channel, out var listeners) || !listeners.Remove(listener) || listeners.Count > 0)
                return false;
            return _listeners.Remove(channel);
        }
    }
}
