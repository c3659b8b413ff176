using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OpenClaw.Gateway.Core.Agents.Tools.Files;

/// <summary>The calls that open files relative to an open directory, which .NET does not offer.</summary>
internal static partial class UnixFiles
{
    private const int DefaultFileMode = 0x1B6; // 0666, less the umask
    private const int DefaultDirectoryMode = 0x1FF; // 0777, less the umask
    private const int ErrorNoEntry = 2;
    private const int ErrorExists = 17;
    private const int ErrorNotDirectory = 20;
    private static readonly int ErrorLoop = OperatingSystem.IsMacOS() ? 62 : 40;

    private static readonly OpenFlags Flags = OpenFlags.OfThisSystem();

    /// <summary>Opens a directory by its path. Its last part must not be a link.</summary>
    public static SafeFileHandle OpenRoot(string path) => Check(OpenAt(-100, path, Flags.Directory | Flags.CloseOnExec | Flags.NoFollow, 0), path);

    /// <summary>Opens a directory inside another. A link is refused.</summary>
    public static SafeFileHandle OpenDirectory(SafeFileHandle parent, string name) =>
        Check(Call(parent, fd => OpenAt(fd, name, Flags.Directory | Flags.CloseOnExec | Flags.NoFollow, 0)), name);

    /// <summary>As <see cref="OpenDirectory"/>, making it first when it is not there.</summary>
    public static SafeFileHandle OpenOrCreateDirectory(SafeFileHandle parent, string name)
    {
        if (Call(parent, fd => MakeDirectoryAt(fd, name, DefaultDirectoryMode)) != 0 && Marshal.GetLastPInvokeError() is var error and not ErrorExists)
            throw Failure(error, name);
        return OpenDirectory(parent, name);
    }

    /// <summary>Opens a file for reading. A link is refused; a pipe does not block.</summary>
    public static SafeFileHandle OpenRead(SafeFileHandle parent, string name) =>
        Check(Call(parent, fd => OpenAt(fd, name, Flags.NonBlocking | Flags.CloseOnExec | Flags.NoFollow, 0)), name);

    /// <summary>Makes a file that must not exist.</summary>
    public static SafeFileHandle CreateNew(SafeFileHandle parent, string name) =>
        Check(Call(parent, fd => OpenAt(fd, name, Flags.Write | Flags.Create | Flags.Exclusive | Flags.CloseOnExec | Flags.NoFollow, DefaultFileMode)), name);

    /// <summary>Gives a file another name in its directory, replacing what has that name. A link is replaced, not followed.</summary>
    public static void Rename(SafeFileHandle parent, string from, string to)
    {
        if (Call(parent, fd => RenameAt(fd, from, fd, to)) != 0)
            throw Failure(Marshal.GetLastPInvokeError(), to);
    }

    public static void Delete(SafeFileHandle parent, string name) => _ = Call(parent, fd => UnlinkAt(fd, name, 0));

    private static SafeFileHandle Check(int descriptor, string name) =>
        descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Failure(Marshal.GetLastPInvokeError(), name);

    private static IOException Failure(int error, string name) => error switch
    {
        ErrorNoEntry => new FileNotFoundException($"There is no \"{name}\"."),
        ErrorNotDirectory => new DirectoryNotFoundException($"\"{name}\" is not a directory."),
        _ when error == ErrorLoop => new IOException($"\"{name}\" has become a link."),
        _ => new IOException($"{name}: {Marshal.GetPInvokeErrorMessage(error)}"),
    };

    private static int Call(SafeFileHandle handle, Func<int, int> call)
    {
        var added = false;
        try
        {
            handle.DangerousAddRef(ref added);
            return call((int)handle.DangerousGetHandle());
        }
        finally
        {
            if (added)
                handle.DangerousRelease();
        }
    }

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenAt(int directory, string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeDirectoryAt(int directory, string path, int mode);

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt(int fromDirectory, string from, int toDirectory, string to);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnlinkAt(int directory, string path, int flags);

    /// <summary>The flags' numbers, from the systems' own headers.</summary>
    private sealed record OpenFlags(int Write, int Create, int Exclusive, int NonBlocking, int Directory, int NoFollow, int CloseOnExec)
    {
        public static OpenFlags OfThisSystem()
        {
            if (OperatingSystem.IsMacOS())
                return new OpenFlags(0x1, 0x200, 0x800, 0x4, 0x100000, 0x100, 0x1000000);
            // Linux on ARM numbers these two its own way.
            return RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm
                ? new OpenFlags(0x1, 0x40, 0x80, 0x800, 0x4000, 0x8000, 0x80000)
                : new OpenFlags(0x1, 0x40, 0x80, 0x800, 0x10000, 0x20000, 0x80000);
        }
    }
}
