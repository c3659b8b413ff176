using System.Globalization;
using System.Text;
using OpenClaw.Gateway.Core.Processes;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Sessions.Locking;

/// <summary>
/// The lock files that keep processes on one state dir apart; the peer's protocol, so it and we may share the dir.
/// A lock whose holder is dead is taken over at once where that can be told, otherwise by age.
/// One instance per process: a lock with our own process id that is older than this instance is of an earlier life.
/// </summary>
internal sealed class LockFiles(TimeProvider time, string hostName)
{
    /// <summary>Beside the locks; held for the moment in which a stale one is removed.</summary>
    internal const string GuardName = ".locks.guard";

    // In whole milliseconds, as locks are stamped: one that was taken in the millisecond of our start is ours.
    private readonly DateTimeOffset _createdAt = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
    /// <summary>Tells our process from a later one of the same id.</summary>
    private readonly long? _start = ProcessProbe.StartTicks(Environment.ProcessId);

    private readonly string _host = new([.. hostName.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_')]);

    /// <summary>Waits for the lock beside <paramref name="file"/> (<c>&lt;file&gt;.lock</c>).</summary>
    /// <exception cref="LockTimeoutException">It was held for the kind's whole time-out.</exception>
    public Task<HeldLock> AcquireAsync(LockFileKind kind, string file, CancellationToken cancellationToken) => AcquireAsync(kind, file, fence: null, cancellationToken);

    /// <summary>The same for somebody who owns what the lock guards by a lease: the lock of an earlier lease is taken over, although its holder may live.</summary>
    /// <exception cref="LockTimeoutException">It was held for the kind's whole time-out.</exception>
    public async Task<HeldLock> AcquireAsync(LockFileKind kind, string file, long? fence, CancellationToken cancellationToken)
    {
        var path = file + ".lock";
        var started = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            AtomicFile.CreateDirectory(Path.GetDirectoryName(path)!);
            var content = Encoding.UTF8.GetBytes(With("fence", fence, With("start", _start, kind.Content(Environment.ProcessId, time.GetUtcNow(), _host))));
            if (ExclusiveFile.TryCreate(path, content))
                return new HeldLock(path, content);

            var found = await ReadAsync(path, cancellationToken).ConfigureAwait(false);
            if (found is null || ((IsStale(kind, found) || found.Owner?.Fence < fence) && TakeAside(path, found)))
                continue;
            if (time.GetElapsedTime(started) > kind.Timeout)
                throw new LockTimeoutException(kind.TimeoutMessage(kind.Timeout, found.Owner, path));
            await Task.Delay(kind.Delay(attempt), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string With(string name, long? value, string content) =>
        value is { } number ? string.Create(CultureInfo.InvariantCulture, $"{content[..^1]},\"{name}\":{number}}}") : content;

    private bool IsStale(LockFileKind kind, Found found)
    {
        if (time.GetUtcNow() - (found.Owner?.Since ?? found.Modified) > kind.StaleAfter)
            return true;

        // Only a process of this machine can be asked whether it lives. A lock without a host is the peer's.
        if (found.Owner is not { } owner || (owner.Host is not null && owner.Host != _host))
            return false;
        if (owner.Start is { } start && ProcessProbe.StartTicks(owner.ProcessId) is { } running && running != start)
            return true;
        return owner.ProcessId == Environment.ProcessId ? owner.Since < _createdAt : !ProcessProbe.IsAlive(owner.ProcessId);
    }

    /// <summary>
    /// Removes a stale lock without harming a fresh one: two waiters may judge the same file, and the slower one must not delete
    /// what the faster one just created. Only the holder of the directory's guard file removes, and only what was judged; the guard
    /// stays, for one that is deleted guards nothing. False when the guard is taken: then the caller waits and looks again.
    /// </summary>
    private static bool TakeAside(string path, Found judged)
    {
        try
        {
            using var guard = new FileStream(
                Path.Combine(Path.GetDirectoryName(path)!, GuardName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            if (File.ReadAllBytes(path).AsSpan().SequenceEqual(judged.Content))
                File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Somebody else was faster; the lock may be free now.
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<Found?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var modified = File.GetLastWriteTimeUtc(path);
            var content = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            return new Found(content, LockOwner.Parse(content), modified);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private sealed record Found(byte[] Content, LockOwner? Owner, DateTimeOffset Modified);
}
