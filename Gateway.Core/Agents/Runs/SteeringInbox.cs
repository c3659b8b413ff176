namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>Messages for a run that already works; closed when the run will not look again.</summary>
internal sealed class SteeringInbox
{
    private readonly Lock _gate = new();
    private readonly Queue<QueuedMessage> _messages = [];
    private readonly List<QueuedMessage> _taken = [];
    private bool _open;

    /// <summary>What the run has taken, oldest first.</summary>
    public IReadOnlyList<QueuedMessage> Taken
    {
        get
        {
            lock (_gate)
                return [.. _taken];
        }
    }

    /// <summary>What the run has not looked at yet, oldest first.</summary>
    public IReadOnlyList<QueuedMessage> Waiting
    {
        get
        {
            lock (_gate)
                return [.. _messages];
        }
    }

    /// <summary>The model loop works and will look.</summary>
    public void Open()
    {
        lock (_gate)
            _open = true;
    }

    /// <summary>False when the run does not take messages now; the caller must keep the message.</summary>
    public bool TryAdd(QueuedMessage message)
    {
        lock (_gate)
        {
            if (!_open)
                return false;
            _messages.Enqueue(message);
            return true;
        }
    }

    /// <summary>The next message that is still wanted.</summary>
    public bool TryTake(out RunRequest? request)
    {
        lock (_gate)
        {
            while (_messages.TryDequeue(out var message))
            {
                if (message.IsSettled)
                    continue;
                _taken.Add(message);
                request = message.Request;
                return true;
            }
        }
        request = null;
        return false;
    }

    /// <summary>Closes the inbox if it is empty, so that no message can fall between the last look and the end.</summary>
    public bool TryCloseEmpty()
    {
        lock (_gate)
        {
            if (_messages.Count > 0)
                return false;
            _open = false;
            return true;
        }
    }

    /// <summary>Closes it and gives back what nobody took.</summary>
    public IReadOnlyList<QueuedMessage> Close()
    {
        lock (_gate)
        {
            _open = false;
            var left = _messages.ToArray();
            _messages.Clear();
            return left;
        }
    }
}
