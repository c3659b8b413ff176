namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>Messages for a run that already works; closed when the run will not look again.</summary>
internal sealed class SteeringInbox
{
    private readonly Lock _gate = new();
    private readonly Queue<RunRequest> _messages = [];
    private bool _open;

    /// <summary>The model loop works and will look.</summary>
    public void Open()
    {
        lock (_gate)
            _open = true;
    }

    /// <summary>False when the run does not take messages now; the caller must keep the message.</summary>
    public bool TryAdd(RunRequest message)
    {
        lock (_gate)
        {
            if (!_open)
                return false;
            _messages.Enqueue(message);
            return true;
        }
    }

    public bool TryTake(out RunRequest? message)
    {
        lock (_gate)
            return _messages.TryDequeue(out message);
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
    public IReadOnlyList<RunRequest> Close()
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
