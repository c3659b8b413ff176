using System.Runtime.InteropServices;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Pairing;

/// <summary>
/// A lock that is a directory (<c>&lt;file&gt;.lock</c>), as the peer's tools make it: whoever creates it has it. One whose holder died is taken over
/// when it is old. What it guards takes milliseconds, so that its time is never renewed.
/// </summary>
internal sealed partial class DirectoryLock : IDisposable
{
    private const int FileExists = 17; // EEXIST, the same number on Linux and macOS
    private const uint OwnerOnly = 0b111_000_000;

    /// <summary>After this the holder counts as dead; the peer's number.</summary>
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Longer than a dead holder's lock lives.</summary>
    private static readonly TimeSpan Patience = StaleAfter + TimeSpan.FromSeconds(10);

    private readonly string _path;
    private readonly DateTime _made;

    private DirectoryLock(string path) => (_path, _made) = (path, Directory.GetLastWriteTimeUtc(path));

    /// <summary>Waits for the lock beside a file.</summary>
    /// <exception cref="IOException">Somebody held it all the time, or it cannot be made.</exception>
    public static async Task<DirectoryLock> AcquireAsync(string file, TimeProvider time, CancellationToken cancellationToken)
    {
        var path = file + ".lock";
        AtomicFile.CreateDirectory(Path.GetDirectoryName(path)!);
        var started = time.GetTimestamp();
        var pause = FirstPause;
        while (!TryCreate(path))
        {
            if (IsStale(path, time) && TryTakeOver(path, time))
                continue;
            if (time.GetElapsedTime(started) > Patience)
                throw new IOException($"{path} is held by another process");
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
        return new DirectoryLock(path);
    }

    /// <summary>Lets go of it, unless it was taken over meanwhile: then it is another's.</summary>
    public void Dispose()
    {
        if (Directory.GetLastWriteTimeUtc(_path) == _made)
            Remove(_path);
    }

    /// <summary>
    /// Removes a lock whose holder died. Of several that saw it one alone does, and looks again first: the next may already be the living holder's.
    /// The system ends the turn of a process that dies in it.
    /// </summary>
    /// <returns>False when another one is about it.</returns>
    internal static bool TryTakeOver(string path, TimeProvider time)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        FileStream turn;
        try
        {
            turn = new FileStream(path + ".takeover", options);
        }
        catch (IOException)
        {
            return false;
        }
        using (turn)
        {
            if (IsStale(path, time))
                Remove(path);
        }
        return true;
    }

    private static bool IsStale(string path, TimeProvider time)
    {
        var made = Directory.GetLastWriteTimeUtc(path);
        // Of one that is gone meanwhile the system tells the year 1601.
        return made.Year > 1970 && time.GetUtcNow() - made > StaleAfter;
    }

    private static void Remove(string path)
    {
        try
        {
            Directory.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody took it for dead, or was faster.
        }
    }

    private static bool TryCreate(string path)
    {
        if (OperatingSystem.IsWindows())
            return CreateDirectory(path, 0) || (Directory.Exists(path) ? false : throw new IOException($"{path} cannot be made"));
        if (MakeDirectory(path, OwnerOnly) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        return error == FileExists ? false : throw new IOException($"{path} cannot be made: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    [LibraryImport("libc", EntryPoint = "mkdir", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MakeDirectory(string path, uint mode);

    [LibraryImport("kernel32", EntryPoint = "CreateDirectoryW", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateDirectory(string path, nint security);
}
