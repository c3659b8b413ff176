using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Lifetime;
using OpenClaw.ServiceDefaults;

namespace OpenClaw.Gateway.Core.Processes;

/// <summary>
/// The gateway process that holds the lock of an instance, whoever started it. Its id comes from the lock file, and ids are used again: before each
/// signal the process is looked at anew, and one that is not the lock's owner, or does not run a gateway, gets none.
/// </summary>
public sealed class RunningGateway
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly GatewayEnvironment _environment;
    private readonly GatewayLockContent _owner;

    private RunningGateway(GatewayEnvironment environment, GatewayLockContent owner)
    {
        _environment = environment;
        _owner = owner;
    }

    /// <summary>Its process id.</summary>
    public int ProcessId => _owner.Pid;

    /// <summary>It is one process of a gateway of several, which something else starts and stops.</summary>
    public bool IsPartOfDeployment => _owner.Deployment is not null;

    /// <summary>Finds it; null when none runs.</summary>
    /// <param name="environment">The instance.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static async Task<RunningGateway?> FindAsync(GatewayEnvironment environment, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(environment);
        try
        {
            var content = await File.ReadAllBytesAsync(GatewayLock.PathFor(environment), cancellation).ConfigureAwait(false);
            return GatewayLockContent.Parse(content) is { } owner && new RunningGateway(environment, owner) is { IsThere: true } found ? found : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Asks it to stop (SIGTERM) and waits until it has gone, as long as a supervisor would. It is never killed: what it has not finished by then is
    /// its user's to judge.
    /// </summary>
    /// <param name="time">Clock.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    /// <returns>Why it still runs; null when it has gone.</returns>
    public async Task<string?> StopAsync(TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(time);
        if (!IsThere)
            return null;
        if (ProcessProbe.Signal(ProcessId, ProcessProbe.Terminate) is { } refused)
            return $"process {ProcessId} cannot be signalled: {refused}";
        return await WaitAsync(() => !_owner.OwnerIsAlive(), time, cancellation).ConfigureAwait(false)
            ? null
            : FormattableString.Invariant($"process {ProcessId} still runs {DrainBudget.SupervisorPatience.TotalSeconds:0} s after SIGTERM");
    }

    /// <summary>Asks it to restart in its process (SIGUSR1), with a note that permits it, and waits until it has taken the note.</summary>
    /// <param name="time">Clock.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    /// <returns>Why it did not; null when it restarts.</returns>
    public async Task<string?> RestartAsync(TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(time);
        if (ProcessProbe.UserSignal1 is not { } signal)
            return "this system has no signal for it; stop the gateway and start it again";
        if (!IsThere)
            return $"process {ProcessId} has just ended";
        var request = new PlannedRestart(_environment.StateDirectory);
        if (await request.LeaveAsync(time, ProcessId).ConfigureAwait(false) is { } unwritten)
            return unwritten;
        if (ProcessProbe.Signal(ProcessId, signal) is { } refused)
        {
            request.Withdraw();
            return $"process {ProcessId} cannot be signalled: {refused}";
        }
        if (await WaitAsync(() => !request.IsThere, time, cancellation).ConfigureAwait(false))
            return null;
        request.Withdraw();
        return $"process {ProcessId} did not take the request for a restart; is its state directory another one than {_environment.StateDirectory}?";
    }

    private bool IsThere => _owner.OwnerIsAlive() && ProcessProbe.RunsGateway(ProcessId);

    private static async Task<bool> WaitAsync(Func<bool> condition, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (!condition())
        {
            if (time.GetElapsedTime(started) >= DrainBudget.SupervisorPatience)
                return false;
            // Another process's life; there is nothing to await.
            await Task.Delay(Poll, time, cancellation).ConfigureAwait(false);
        }
        return true;
    }
}
