using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OpenClaw.Gateway.Core.Logs.Files;

/// <summary>
/// Appends to a file that several processes append to. .NET's append mode seeks to the end once and then writes at
/// offsets of its own, over what others wrote meanwhile; only the system's append flag keeps lines apart.
/// </summary>
internal static partial class SharedAppend
{
    private const int WriteOnly = 1;
    private const int OwnerReadWrite = 0x180; // 0600

    private static int AppendFlags => WriteOnly | (OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? 0x8 | 0x200 : 0x400 | 0x40);

    /// <exception cref="IOException">The file cannot be opened or written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        if (OperatingSystem.IsWindows())
        {
            using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            stream.Write(content);
            return;
        }
        var descriptor = Open(path, AppendFlags, OwnerReadWrite);
        if (descriptor < 0)
            throw Failure("open", path);
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        while (content.Length > 0)
        {
            var written = Write(handle, content, (nuint)content.Length);
            if (written <= 0)
                throw Failure("write", path);
            content = content[(int)written..];
        }
    }

    private static IOException Failure(string call, string path) =>
        new($"{call} {path}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle file, ReadOnlySpan<byte> buffer, nuint count);
}
