using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OpenClaw.Gateway.Core.Storage;

/// <summary>Tells files from what only looks like one in a listing. Only Linux has a call whose layout is the same on every processor.</summary>
public static partial class FileKind
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const uint TypeMask = 0x1; // STATX_TYPE
    private const int StatxSize = 256;
    private const int ModeOffset = 28;
    private const int FormatMask = 0xF000; // S_IFMT
    private const int Regular = 0x8000; // S_IFREG
    private const int Directory = 0x4000; // S_IFDIR

    /// <summary>A socket, a pipe or a device, also behind a link: reading one may never end. False where that cannot be told.</summary>
    /// <param name="path">An absolute path.</param>
    public static bool IsSpecial(string path)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        Span<byte> buffer = stackalloc byte[StatxSize];
        try
        {
            if (Statx(CurrentDirectory, path, 0, TypeMask, buffer) != 0)
                return false;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
        var mode = BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(buffer[ModeOffset..]) : BinaryPrimitives.ReadUInt16BigEndian(buffer[ModeOffset..]);
        return (mode & FormatMask) is not (Regular or Directory);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, Span<byte> result);
}
