namespace OpenClaw.Gateway.Core.Connections;

/// <summary>The requests of one connection that are still being worked on, at most so many.</summary>
internal sealed class InFlightRequests(int limit)
{
    private readonly HashSet<Task> _tasks = [];

    /// <summary>Adds a task that never faults; waits when the limit is reached.</summary>
    public async ValueTask AddAsync(Task work)
    {
        _tasks.RemoveWhere(task => task.IsCompleted);
        _tasks.Add(work);
        while (_tasks.Count >= limit)
            _tasks.Remove(await Task.WhenAny(_tasks).ConfigureAwait(false));
    }

    public Task WhenAllAsync() => Task.WhenAll(_tasks);
}
