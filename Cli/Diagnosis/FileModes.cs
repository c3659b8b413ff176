using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace OpenClaw.Cli.Diagnosis;

/// <summary>Who may read and write files. On Windows nothing is known, and nothing found wrong.</summary>
internal static partial class FileModes
{
    public const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;
    public const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public const UnixFileMode OthersRead = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const int CurrentDirectory = -100; // AT_FDCWD
    private const uint UserMask = 0x8; // STATX_UID
    private const int StatxSize = 256;
    private const int UserOffset = 20;

    /// <summary>The mode of what a path leads to; null when there is nothing, or modes mean nothing.</summary>
    public static UnixFileMode? Of(string path)
    {
        if (OperatingSystem.IsWindows() || !Path.Exists(path))
            return null;
        try
        {
            return File.GetUnixFileMode(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>As <c>chmod</c> takes it: <c>600</c>.</summary>
    public static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(3, '0');

    /// <summary>Takes everything from others than the owner.</summary>
    public static Repair Tighten(string path, string shown, UnixFileMode target) => Repair.Act.Of(
        string.Create(CultureInfo.InvariantCulture, $"set the mode of {shown} to {Octal(target)}"),
        () =>
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, target);
        });

    /// <summary>The numeric id of the owner; null where the system does not tell. Only Linux has a call whose layout is the same on every processor.</summary>
    public static uint? OwnerOf(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        Span<byte> buffer = stackalloc byte[StatxSize];
        try
        {
            if (Statx(CurrentDirectory, path, 0, UserMask, buffer) != 0)
                return null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
        var user = buffer[UserOffset..];
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(user) : BinaryPrimitives.ReadUInt32BigEndian(user);
    }

    /// <summary>The user of this process; null on Windows.</summary>
    public static uint? CurrentUser() => OperatingSystem.IsWindows() ? null : GetEffectiveUserId();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, Span<byte> result);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();
}
