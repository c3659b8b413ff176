namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>Lets at most <c>capacity</c> holders in, in the order they came. The capacity is read at each entry and exit.</summary>
internal sealed class FifoGate(Func<int> capacity)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private int _inside;

    /// <summary>Nobody is inside or waiting.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _inside == 0 && _waiting.Count == 0;
        }
    }

    /// <summary>Waits for a place; the caller gives it back with <see cref="Exit"/>.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource> node;
        lock (_gate)
        {
            if (_waiting.Count == 0 && _inside < capacity())
            {
                _inside++;
                return;
            }
            node = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        await using var registration = cancellationToken.Register(() => Cancel(node, cancellationToken)).ConfigureAwait(false);
        await node.Value.Task.ConfigureAwait(false);
    }

    public void Exit()
    {
        lock (_gate)
        {
            _inside--;
            while (_inside < capacity() && _waiting.First is { } next)
            {
                _waiting.RemoveFirst();
                _inside++;
                next.Value.SetResult();
            }
        }
    }

    private void Cancel(LinkedListNode<TaskCompletionSource> node, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // Not in the list means the place was given already: its holder sees the cancellation inside.
            if (node.List is null)
                return;
            _waiting.Remove(node);
        }
        node.Value.SetCanceled(cancellationToken);
    }
}
