using System.Collections.Concurrent;

namespace OpenClaw.Gateway.Core.Channels.Sending;

/// <summary>Work beside a run that nobody waits for, owned until it has ended.</summary>
/// <param name="onFault">Told of what went wrong; an end by cancellation is none.</param>
internal sealed class OwnedTasks(Action<Exception> onFault)
{
    private readonly ConcurrentDictionary<long, Task> _tasks = new();
    private long _last;

    /// <summary>None goes on at this moment.</summary>
    public bool IsIdle => _tasks.IsEmpty;

    /// <summary>Begins it off the caller's own path.</summary>
    public void Start(Func<Task> work)
    {
        var id = Interlocked.Increment(ref _last);
        // It has its place before it begins, as it may have ended when its task is known.
        _tasks[id] = Task.CompletedTask;
        _tasks.TryUpdate(id, RunAsync(), Task.CompletedTask);

        async Task RunAsync()
        {
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            try
            {
                await work().ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // What it was about is over.
            }
            catch (Exception fault)
            {
                onFault(fault);
            }
            _tasks.TryRemove(id, out _);
        }
    }
}
