using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>The bytes of the file with the stored approvals. Whatever stands in its place, reading ends.</summary>
internal static partial class ApprovalsContent
{
    /// <summary>Most bytes it may have; far above any real file.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>A key that is there twice has no meaning: readers would differ about which one counts.</summary>
    public static JsonDocumentOptions Strict { get; } = new() { AllowDuplicateProperties = false };

    // Opened so, a pipe that nobody writes does not block.
    private static int NonBlocking => OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? 0x4 : 0x800;

    private static int CloseOnExec => OperatingSystem.IsMacOS() ? 0x1000000 : OperatingSystem.IsFreeBSD() ? 0x100000 : 0x80000;

    /// <summary>All of it. Links are followed.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="IOException">It cannot be read, is no regular file, or is too large.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] Read(string path)
    {
        using var handle = OpenRead(path);
        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        if (!stream.CanSeek)
            throw new IOException($"{path} is no regular file");
        // Devices tell no length, so it is the bytes that are counted.
        var content = new byte[Math.Min(stream.Length, MaxBytes) + 1];
        var count = 0;
        while (stream.Read(content, count, content.Length - count) is var read and > 0)
        {
            count += read;
            if (count > MaxBytes)
                throw new IOException($"{path} is larger than {MaxBytes} bytes");
            if (count == content.Length)
                Array.Resize(ref content, Math.Min(content.Length * 2, MaxBytes + 1));
        }
        return content[..count];
    }

    private static SafeFileHandle OpenRead(string path)
    {
        if (OperatingSystem.IsWindows())
            return File.OpenHandle(path);
        var descriptor = Open(path, NonBlocking | CloseOnExec);
        if (descriptor >= 0)
            return new SafeFileHandle(descriptor, ownsHandle: true);
        const int noEntry = 2, noAccess = 13;
        var error = Marshal.GetLastPInvokeError();
        throw error switch
        {
            noEntry => new FileNotFoundException($"There is no {path}", path),
            noAccess => new UnauthorizedAccessException($"{path} may not be read"),
            _ => new IOException($"open {path}: {Marshal.GetPInvokeErrorMessage(error)}"),
        };
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);
}
