using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Processes;

/// <summary>The outcome of <see cref="GatewayLock"/>.</summary>
/// <param name="Lock">The lock, or null.</param>
/// <param name="Error">Why there is none, for the user.</param>
/// <param name="OwnerPid">Process that holds it, when known.</param>
public sealed record GatewayLockResult(GatewayLock? Lock, string? Error, int? OwnerPid);

/// <summary>
/// One gateway per configuration file: the lock file of the original, so that the two refuse each other. Hold it until
/// the gateway has stopped (in-process restarts included); disposing deletes it.
/// </summary>
public sealed class GatewayLock : IDisposable
{
    /// <summary>How long to wait for an owner that is just stopping.</summary>
    public static readonly TimeSpan WaitFor = TimeSpan.FromSeconds(5);

    /// <summary>A lock that does not tell its owner counts as abandoned after this.</summary>
    public static readonly TimeSpan UnknownOwnerIsStaleAfter = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private byte[]? _content;

    internal const string GuardExtension = ".guard";

    private GatewayLock(string path, byte[]? content)
    {
        Path = path;
        _content = content;
    }

    /// <summary>The lock file.</summary>
    public string Path { get; }

    /// <summary>False when another process of the same deployment has the file; this one may run beside it.</summary>
    public bool IsHolder => _content is not null;

    /// <summary>
    /// Takes the file over when the process of the deployment that had it is gone, so that a gateway of one process is kept out as
    /// long as any of them runs. Call it now and then while <see cref="IsHolder"/> is false.
    /// </summary>
    /// <param name="environment">The instance.</param>
    /// <param name="deployment">As it was acquired with.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancellation">Stops the attempt.</param>
    public async Task TryTakeOverAsync(GatewayEnvironment environment, string deployment, TimeProvider time, CancellationToken cancellation = default)
    {
        if (IsHolder || environment.IsOne("OPENCLAW_ALLOW_MULTI_GATEWAY"))
            return;
        var again = await AcquireAsync(environment, time, deployment, cancellation).ConfigureAwait(false);
        _content = again.Lock?._content;
    }

    /// <summary>The lock file of an instance, whether or not it exists.</summary>
    /// <param name="environment">The instance.</param>
    public static string PathFor(GatewayEnvironment environment)
    {
#pragma warning disable CA5350 // Not for security: the original names the file by this hash.
        var hash = SHA1.HashData(Encoding.UTF8.GetBytes(environment.ConfigPath));
#pragma warning restore CA5350
        return System.IO.Path.Combine(environment.LockDirectory, $"gateway.{Convert.ToHexStringLower(hash)[..8]}.lock");
    }

    /// <summary>
    /// Takes the lock, waiting up to <see cref="WaitFor"/> for an owner that lives. With
    /// <c>OPENCLAW_ALLOW_MULTI_GATEWAY=1</c> nothing is locked.
    /// </summary>
    /// <param name="environment">The instance.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    public static Task<GatewayLockResult> AcquireAsync(GatewayEnvironment environment, TimeProvider time, CancellationToken cancellation = default) =>
        AcquireAsync(environment, time, deployment: null, cancellation);

    /// <summary>The same for one process of several that are one gateway: those of one deployment run beside each other.</summary>
    /// <param name="environment">The instance.</param>
    /// <param name="time">Clock.</param>
    /// <param name="deployment">What the processes of the gateway have in common and no other gateway has; null for a gateway of one process.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    public static async Task<GatewayLockResult> AcquireAsync(GatewayEnvironment environment, TimeProvider time, string? deployment, CancellationToken cancellation = default)
    {
        var path = PathFor(environment);
        if (environment.IsOne("OPENCLAW_ALLOW_MULTI_GATEWAY"))
            return new GatewayLockResult(new GatewayLock(path, null), null, null);
        var started = time.GetTimestamp();
        try
        {
            AtomicFile.CreateDirectory(environment.LockDirectory);
            while (true)
            {
                var content = new GatewayLockContent(
                    Environment.ProcessId,
                    time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                    environment.ConfigPath,
                    ProcessProbe.StartTicks(Environment.ProcessId),
                    deployment).ToBytes();
                if (ExclusiveFile.TryCreate(path, content))
                    return new GatewayLockResult(new GatewayLock(path, content), null, null);

                var found = await ReadAsync(path, cancellation).ConfigureAwait(false);
                var owner = found is null ? null : GatewayLockContent.Parse(found);
                if (found is null || (IsStale(path, owner, time) && TakeAside(path, found)))
                    continue;
                if (deployment is not null && owner?.Deployment == deployment)
                    return new GatewayLockResult(new GatewayLock(path, null), null, null);
                if (time.GetElapsedTime(started) >= WaitFor)
                {
                    var who = owner is null ? "" : $" (pid {owner.Pid})";
                    return new GatewayLockResult(null, $"gateway already running{who}; lock timeout after {WaitFor.TotalMilliseconds:0}ms", owner?.Pid);
                }
                await Task.Delay(Poll, time, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new GatewayLockResult(null, $"failed to acquire gateway lock at {path}: {e.Message}", null);
        }
    }

    /// <summary>Deletes the lock file, unless somebody took it over meanwhile.</summary>
    public void Dispose()
    {
        try
        {
            if (_content is not null && File.ReadAllBytes(Path).AsSpan().SequenceEqual(_content))
                File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone already, or it stays: it names a process that will not live, so nobody waits for it.
        }
    }

    private static bool IsStale(string path, GatewayLockContent? owner, TimeProvider time)
    {
        if (owner is not null)
            return !owner.OwnerIsAlive();
        return time.GetUtcNow() - File.GetLastWriteTimeUtc(path) > UnknownOwnerIsStaleAfter;
    }

    /// <summary>
    /// Removes a stale lock without harming a fresh one: of two that wait, the slower must not delete what the faster just made.
    /// Only the holder of the guard file removes, and only what was judged; the guard stays, for one that is deleted guards nothing.
    /// False when the guard is taken or cannot be had: then the caller waits and looks again.
    /// </summary>
    private static bool TakeAside(string path, byte[] judged)
    {
        try
        {
            using var guard = new FileStream(path + GuardExtension, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            if (File.ReadAllBytes(path).AsSpan().SequenceEqual(judged))
                File.Delete(path);
            return true;
        }
        catch (FileNotFoundException)
        {
            // Somebody else was faster.
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<byte[]?> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
