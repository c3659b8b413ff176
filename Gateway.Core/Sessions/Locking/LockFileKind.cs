using System.Globalization;

namespace OpenClaw.Gateway.Core.Sessions.Locking;

/// <summary>How long a kind of lock file is waited for, and when its holder counts as gone. All numbers are the peer's.</summary>
internal sealed record LockFileKind(
    TimeSpan Timeout,
    TimeSpan StaleAfter,
    Func<int, TimeSpan> Delay,
    Func<int, DateTimeOffset, string, string> Content,
    Func<TimeSpan, LockOwner?, string, string> TimeoutMessage)
{
    /// <summary><c>sessions.json.lock</c>: held for milliseconds.</summary>
    public static LockFileKind Store { get; } = new(
        Timeout: TimeSpan.FromSeconds(10),
        StaleAfter: TimeSpan.FromSeconds(30),
        Delay: _ => TimeSpan.FromMilliseconds(25),
        Content: (pid, now, host) => string.Create(CultureInfo.InvariantCulture, $"{{\"pid\":{pid},\"startedAt\":{now.ToUnixTimeMilliseconds()},\"host\":\"{host}\"}}"),
        TimeoutMessage: (_, _, path) => $"timeout acquiring session store lock: {path}");

    /// <summary><c>devices/paired.json.lock</c>: held for milliseconds, and only by us: the peer changes these files from one process.</summary>
    public static LockFileKind Devices { get; } = Store with { TimeoutMessage = (_, _, path) => $"timeout acquiring device store lock: {path}" };

    /// <summary><c>&lt;transcript&gt;.lock</c>: held for a whole agent run.</summary>
    public static LockFileKind Transcript { get; } = new(
        Timeout: TimeSpan.FromSeconds(10),
        StaleAfter: TimeSpan.FromMinutes(30),
        Delay: attempt => TimeSpan.FromMilliseconds(Math.Min(1000, 50 * attempt)),
        Content: (pid, now, host) => string.Create(CultureInfo.InvariantCulture, $"{{\"pid\":{pid},\"createdAt\":\"{now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\",\"host\":\"{host}\"}}"),
        TimeoutMessage: (timeout, owner, path) => string.Create(
            CultureInfo.InvariantCulture,
            $"session file locked (timeout {timeout.TotalMilliseconds:0}ms): {(owner is null ? "unknown" : $"pid={owner.ProcessId}")} {path}"));
}
