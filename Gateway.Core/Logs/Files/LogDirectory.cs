using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OpenClaw.Gateway.Core.Logs.Files;

/// <summary>
/// Chooses where dated logs go. The usual place is a fixed name in a directory everybody may write to, so it is used
/// only if it is a real directory of ours that others cannot enter; otherwise logs go into the state directory.
/// </summary>
internal static partial class LogDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint OwnerMask = 0x8; // STATX_UID
    private const int StatxSize = 256;
    private const int OwnerOffset = 20;

    /// <summary>The directory to log into; it exists when this returns (unless not even the fallback can be made).</summary>
    public static string Choose(string preferred, string fallback)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(preferred);
            return preferred;
        }
        if (TryClaim(preferred))
            return preferred;
        Directory.CreateDirectory(fallback, OwnerOnly);
        return fallback;
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static bool TryClaim(string path)
    {
        try
        {
            Directory.CreateDirectory(path, OwnerOnly);
            if (new DirectoryInfo(path).LinkTarget is not null || OwnerOf(path) is { } owner && owner != EffectiveUser())
                return false;
            // Only the owner may do this; it also shuts a directory that the original left open to readers.
            File.SetUnixFileMode(path, OwnerOnly);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Null where the system does not tell. Only Linux has a call whose layout is the same on every processor.</summary>
    private static uint? OwnerOf(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        Span<byte> buffer = stackalloc byte[StatxSize];
        try
        {
            if (Statx(CurrentDirectory, path, NoFollow, OwnerMask, buffer) != 0)
                return null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
        var owner = buffer[OwnerOffset..];
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(owner) : BinaryPrimitives.ReadUInt32BigEndian(owner);
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, Span<byte> result);
}
