namespace OpenClaw.ServiceDefaults;

/// <summary>How long a stopping process may finish its work. One number for the process and for the unit that supervises it.</summary>
public static class DrainBudget
{
    /// <summary>From the signal to the exit; the peer gives itself the same five seconds.</summary>
    public static readonly TimeSpan Total = TimeSpan.FromSeconds(5);

    /// <summary>How much of it HTTP requests get; connections that are still open then are cut, so that the services behind have time left.</summary>
    public static readonly TimeSpan Requests = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long whoever supervises the process waits before it kills: the unit's <c>TimeoutStopSec</c>, launchd's <c>ExitTimeOut</c>. What is over the
    /// budget is for a busy machine, and for the log's last lines.
    /// </summary>
    public static readonly TimeSpan SupervisorPatience = Total + TimeSpan.FromSeconds(5);
}
