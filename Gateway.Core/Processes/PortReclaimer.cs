using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Processes;

/// <summary>A process that listens on a port.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="Command">Its name, when lsof told it.</param>
public sealed record PortListener(int Pid, string? Command)
{
    /// <inheritdoc/>
    public override string ToString() => Command is null ? $"pid {Pid}" : $"pid {Pid} ({Command})";
}

/// <summary>What freeing a port did.</summary>
/// <param name="Lines">What to log, in order.</param>
/// <param name="Error">Why the port is not free; null when it is.</param>
public sealed record PortReclaimResult(IReadOnlyList<string> Lines, string? Error);

/// <summary>
/// Frees a port for <c>--force</c> (R6): whatever listens there is asked to end, and ended if it does not. Needs lsof.
/// </summary>
public sealed class PortReclaimer
{
    /// <summary>How long a listener gets to end by itself.</summary>
    private static readonly TimeSpan TerminateFor = TimeSpan.FromMilliseconds(700);

    /// <summary>How long the whole thing may take.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(2000);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly Lsof _lsof;
    private readonly TimeProvider _time;

    /// <summary>Uses the lsof of the instance's search path.</summary>
    /// <param name="environment">The instance.</param>
    /// <param name="time">Clock.</param>
    public PortReclaimer(GatewayEnvironment environment, TimeProvider time)
        : this(new Lsof(Lsof.Find(environment.Get("PATH")), time), time)
    {
    }

    internal PortReclaimer(Lsof lsof, TimeProvider time)
    {
        _lsof = lsof;
        _time = time;
    }

    /// <summary>Who listens on a port; nobody when that cannot be told.</summary>
    /// <param name="port">The port.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    public async Task<IReadOnlyList<PortListener>> ListenersAsync(int port, CancellationToken cancellation = default) =>
        (await _lsof.ListenersAsync(port, cancellation).ConfigureAwait(false)).Found;

    /// <summary>Ends the listeners of a port.</summary>
    /// <param name="port">The port.</param>
    /// <param name="cancellation">Stops the waiting; what was signalled stays signalled.</param>
    public async Task<PortReclaimResult> ReclaimAsync(int port, CancellationToken cancellation = default)
    {
        var lines = new List<string>();
        var listeners = await _lsof.ListenersAsync(port, cancellation).ConfigureAwait(false);
        if (listeners.Error is not null)
            return new PortReclaimResult(lines, listeners.Error);
        if (listeners.Found.Count == 0)
            return new PortReclaimResult([$"force: no listeners on port {port}"], null);

        if (SignalAll(listeners.Found, ProcessProbe.Terminate) is { } refused)
            return new PortReclaimResult(lines, refused);
        lines.AddRange(listeners.Found.Select(listener => $"force: killed {listener} on port {port}"));
        var started = _time.GetTimestamp();
        var killed = false;
        while (true)
        {
            listeners = await _lsof.ListenersAsync(port, cancellation).ConfigureAwait(false);
            var waited = _time.GetElapsedTime(started);
            if (listeners.Error is not null)
                return new PortReclaimResult(lines, listeners.Error);
            if (listeners.Found.Count == 0)
            {
                if (waited >= Poll)
                    lines.Add($"force: waited {waited.TotalMilliseconds:0}ms for port {port} to free");
                return new PortReclaimResult(lines, null);
            }
            if (waited >= Budget)
                return new PortReclaimResult(lines, $"port {port} still has listeners after --force: {string.Join(", ", listeners.Found.Select(listener => listener.Pid))}");
            if (waited >= TerminateFor && !killed)
            {
                killed = true;
                if (SignalAll(listeners.Found, ProcessProbe.Kill) is { } failure)
                    return new PortReclaimResult(lines, failure);
                lines.Add($"force: escalated to SIGKILL while freeing port {port}");
            }
            await Task.Delay(Poll, _time, cancellation).ConfigureAwait(false);
        }
    }

    private static string? SignalAll(IReadOnlyList<PortListener> listeners, int signal)
    {
        foreach (var listener in listeners)
        {
            if (ProcessProbe.Signal(listener.Pid, signal) is { } error)
                return $"failed to kill {listener}: {error}";
        }
        return null;
    }
}
