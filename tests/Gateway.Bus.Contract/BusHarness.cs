using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Contract;

/// <summary>An implementation of the bus under test, with what the suite needs to do to it.</summary>
public abstract class BusHarness : IAsyncDisposable
{
    /// <summary>The largest payload of topics and calls the harness has configured; at most 1 MiB, so that tests can exceed it.</summary>
    public abstract int MaxPayloadBytes { get; }

    /// <summary>The largest payload of a queue entry; at most 1 MiB.</summary>
    public abstract int MaxQueueEntryBytes { get; }

    /// <summary>How many entries a queue holds; at most 1 000.</summary>
    public abstract int MaxQueueEntries { get; }

    /// <summary>How many entries a map holds; at most 1 000.</summary>
    public abstract int MaxMapEntries { get; }

    /// <summary>The largest value of a map; at most 1 MiB.</summary>
    public abstract int MaxMapValueBytes { get; }

    /// <summary>The bus; another object after <see cref="RestartAsync"/>.</summary>
    public abstract IBus Bus { get; }

    /// <summary>The clock the bus goes by.</summary>
    public abstract TimeProvider Time { get; }

    /// <summary>Lets time pass for the bus.</summary>
    public abstract Task PassAsync(TimeSpan time);

    /// <summary>Ends the process that uses the bus and starts another, as far as the bus can tell.</summary>
    public abstract Task RestartAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Lets time pass in steps until something has happened.</summary>
    public async Task<T> PassUntilAsync<T>(Task<T> happened, TimeSpan step)
    {
        using var stop = new CancellationTokenSource(TestTimeouts.Wait);
        while (!happened.IsCompleted && !stop.IsCancellationRequested)
        {
            await PassAsync(step);
            // Real time too: what the passing of time set off has to run.
            await Task.WhenAny(happened, Task.Delay(2, CancellationToken.None));
        }
        return await happened.WithTimeout();
    }
}
