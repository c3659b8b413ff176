using System.Globalization;
using System.Text;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>
/// The directory of the in-process bus and the lock that makes it ours. The lock is one of the operating system, so the
/// death of its owner frees it, however that died.
/// </summary>
internal sealed class StateDirectory(string path) : IDisposable
{
    private const string LockName = "lock";
    private const string OwnerName = "owner";

    private readonly Lock _gate = new();
    private FileStream? _lock;
    private bool _disposed;

    /// <summary>Where the queues' journals are.</summary>
    public string Queues => Path.Combine(path, "queues");

    /// <summary>Creates and locks the directory unless that is done; returns its path.</summary>
    /// <exception cref="StateDirectoryInUseException">Another process, or another bus in this one, owns it.</exception>
    /// <exception cref="IOException">It cannot be created or written.</exception>
    public string Open()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _lock ??= Acquire();
            return path;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _lock?.Dispose();
            _lock = null;
        }
    }

    private FileStream Acquire()
    {
        try
        {
            DurableFile.CreateDirectory(path);
            DurableFile.CreateDirectory(Queues);
            DiskSync.Directory(path);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"The bus cannot use {path}: {exception.Message}", exception);
        }

        var file = Path.Combine(path, LockName);
        FileStream stream;
        try
        {
            stream = new FileStream(file, DurableFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"The bus cannot use {path}: {exception.Message}", exception);
        }
        catch (IOException exception) when (IsLocked(exception))
        {
            throw new StateDirectoryInUseException(path, ReadOwner(), exception);
        }
        WriteOwner();
        return stream;
    }

    /// <summary>Says who holds the lock, for the message of whoever finds it taken. A file of its own, as a locked one cannot be read.</summary>
    private void WriteOwner()
    {
        try
        {
            using var stream = new FileStream(Path.Combine(path, OwnerName), DurableFile.Options(FileMode.Create, FileAccess.Write));
            stream.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The lock holds without it; the message then names no process.
        }
    }

    /// <summary>A sharing or lock violation of Windows, or EWOULDBLOCK of Linux or macOS: how .NET reports a lock that is taken.</summary>
    private static bool IsLocked(IOException exception) => (exception.HResult & 0xffff) switch
    {
        32 or 33 => OperatingSystem.IsWindows(),
        11 => OperatingSystem.IsLinux(),
        35 => OperatingSystem.IsMacOS(),
        _ => false,
    };

    private string? ReadOwner()
    {
        try
        {
            var owner = File.ReadAllText(Path.Combine(path, OwnerName)).Trim();
            return owner.Length is > 0 and <= 10 && owner.All(char.IsAsciiDigit) ? owner : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>The state directory of the in-process bus belongs to somebody else: two owners would destroy each other's journals.</summary>
public sealed class StateDirectoryInUseException : BusUnavailableException
{
    internal StateDirectoryInUseException(string directory, string? owner, Exception innerException)
        : base(
            $"{directory} is in use by {(owner is null ? "another process" : "process " + owner)}. " +
            "Stop that gateway first, or give this one a state directory of its own.",
            innerException)
    {
        Directory = directory;
    }

    /// <summary>The directory.</summary>
    public string Directory { get; }
}
