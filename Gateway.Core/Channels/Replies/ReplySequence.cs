namespace OpenClaw.Gateway.Core.Channels.Replies;

/// <summary>
/// Keeps the answers of a session in the order of its messages while they are made ready to send: what belongs to one, such as a file that has to be
/// fetched first, may take longer than all of the next.
/// </summary>
internal sealed class ReplySequence
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<ReplyPlace>> _sessions = new(StringComparer.Ordinal);

    /// <summary>A message was handed to its run, after those of its session that were entered before. Dispose the result when its answer is stored, or none will be.</summary>
    /// <param name="sessionKey">Canonical session key.</param>
    /// <param name="outcome">The end of its run.</param>
    public ReplyPlace Enter(string sessionKey, Task outcome)
    {
        var place = new ReplyPlace(this, sessionKey, outcome);
        lock (_gate)
        {
            if (!_sessions.TryGetValue(sessionKey, out var places))
                _sessions[sessionKey] = places = [];
            places.Add(place);
        }
        return place;
    }

    /// <summary>Those before it whose runs are over. A run that goes on will say its own only after this one's.</summary>
    internal Task EarlierStored(ReplyPlace place)
    {
        lock (_gate)
            return Task.WhenAll(_sessions[place.SessionKey].TakeWhile(other => other != place).Where(static other => other.IsRunOver).Select(static other => other.Stored));
    }

    internal void Leave(ReplyPlace place)
    {
        lock (_gate)
        {
            if (!_sessions.TryGetValue(place.SessionKey, out var places) || !places.Remove(place))
                return;
            if (places.Count == 0)
                _sessions.Remove(place.SessionKey);
        }
    }
}

/// <summary>The place of a message's answer among those of its session.</summary>
internal sealed class ReplyPlace(ReplySequence sequence, string sessionKey, Task outcome) : IDisposable
{
    private readonly TaskCompletionSource _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string SessionKey => sessionKey;

    public bool IsRunOver => outcome.IsCompleted;

    public Task Stored => _stored.Task;

    /// <summary>Waits until the answers of earlier runs are stored. Call it when the run is over.</summary>
    public Task WaitForTurnAsync(CancellationToken cancellationToken) => sequence.EarlierStored(this).WaitAsync(cancellationToken);

    public void Dispose()
    {
        sequence.Leave(this);
        _stored.TrySetResult();
    }
}
