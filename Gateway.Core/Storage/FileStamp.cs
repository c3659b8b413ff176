using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OpenClaw.Gateway.Core.Storage;

/// <summary>
/// Tells two versions of a file apart without reading it; the default value stands for a missing file. Time and size
/// are not enough: the clock of file times ticks in milliseconds, and two programs may replace a file by one of the
/// same size within a tick. A replaced file has another inode.
/// </summary>
internal readonly partial record struct FileStamp(long ModifiedTicks, long Length, ulong Inode)
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const uint InodeMask = 0x100; // STATX_INO
    private const int StatxSize = 256;
    private const int InodeOffset = 32;

    public bool IsMissing => this == default;

    public static FileStamp Of(string path)
    {
        var info = new FileInfo(path);
        return info.Exists ? new FileStamp(info.LastWriteTimeUtc.Ticks, info.Length, InodeOf(path)) : default;
    }

    /// <summary>Zero where the system does not tell. Only Linux has a call whose layout is the same on every processor.</summary>
    private static ulong InodeOf(string path)
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        Span<byte> buffer = stackalloc byte[StatxSize];
        try
        {
            if (Statx(CurrentDirectory, path, 0, InodeMask, buffer) != 0)
                return 0;
        }
        catch (EntryPointNotFoundException)
        {
            return 0;
        }
        var inode = buffer[InodeOffset..];
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(inode) : BinaryPrimitives.ReadUInt64BigEndian(inode);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, Span<byte> result);
}
