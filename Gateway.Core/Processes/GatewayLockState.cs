using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Processes;

/// <summary>What the lock file of an instance says, for who only looks.</summary>
/// <param name="Path">The file.</param>
/// <param name="Exists">Whether it is there.</param>
/// <param name="OwnerPid">Process that took it; null when the file does not tell.</param>
/// <param name="OwnerIsAlive">Whether that process runs.</param>
public sealed record GatewayLockState(string Path, bool Exists, int? OwnerPid, bool OwnerIsAlive)
{
    /// <summary>Left behind by a process that is gone. Nobody waits for such a file.</summary>
    public bool IsStale => Exists && OwnerPid is not null && !OwnerIsAlive;

    /// <summary>Reads the lock file of an instance; takes and changes nothing.</summary>
    /// <param name="environment">The instance.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static GatewayLockState Read(GatewayEnvironment environment)
    {
        var path = GatewayLock.PathFor(environment);
        try
        {
            var owner = GatewayLockContent.Parse(File.ReadAllBytes(path));
            return new GatewayLockState(path, true, owner?.Pid, owner?.OwnerIsAlive() ?? false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new GatewayLockState(path, false, null, false);
        }
    }
}
