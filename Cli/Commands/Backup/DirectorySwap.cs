using System.Runtime.InteropServices;
using System.Text;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Backup;

/// <summary>
/// Puts a directory in the place of another one, which is kept. Linux and macOS let two directories change places in one step, so that there is one at
/// any moment. Where the file system cannot, it takes two steps with nothing in the place between them: what is under way is written down beside it
/// first, and <see cref="Finish"/> finds that.
/// </summary>
/// <param name="target">The place.</param>
/// <param name="canExchange">False for a file system that cannot.</param>
/// <param name="onStep">Told after each step: recorded, emptied, filled, exchanged.</param>
internal sealed partial class DirectorySwap(string target, bool canExchange = true, Action<string>? onStep = null)
{
    /// <summary>Stands behind the name of a place, before the rest of the name of what is to come there.</summary>
    public const string FreshSuffix = ".restoring-";

    private const string RecordSuffix = ".restore";

    /// <summary>More than two paths have.</summary>
    private const int MostBytes = 16 * 1024;

    private const int CurrentDirectory = -100;
    private const uint LinuxExchange = 2;
    private const uint MacSwap = 2;

    /// <summary>Does it; returns where the old directory is now, or null when there was none, or nothing in it.</summary>
    /// <param name="fresh">The new directory, beside the place.</param>
    /// <param name="former">The name that the old one gets.</param>
    /// <exception cref="IOException">It was refused; the old directory is in its place.</exception>
    public string? Replace(string fresh, string former)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(fresh, target);
            return null;
        }
        if (canExchange && TryExchange(fresh, target))
        {
            onStep?.Invoke("exchanged");
            Directory.Move(fresh, former);
        }
        else
        {
            ReplaceInTwoSteps(fresh, former);
        }
        if (Directory.EnumerateFileSystemEntries(former).Any())
            return former;
        Directory.Delete(former);
        return null;
    }

    /// <summary>Ends what was cut short between its two steps. What was done, or null when there was nothing to do.</summary>
    /// <exception cref="IOException">It is under way just now, or the file system refuses.</exception>
    public static string? Finish(string target)
    {
        if (!File.Exists(target + RecordSuffix))
            return null;
        if (Directory.Exists(target))
        {
            ForgetUnlessHeld(target + RecordSuffix);
            return null;
        }
        string[] names;
        // Whoever works on it holds it open.
        using (var record = new FileStream(target + RecordSuffix, FileMode.Open, FileAccess.Read, FileShare.None))
        using (var reader = new StreamReader(record))
            names = record.Length <= MostBytes ? reader.ReadToEnd().Split('\n') : [];
        if (names is not [var fresh, var former, ..] || !IsBeside(target, fresh) || !IsBeside(target, former))
            throw new IOException($"{target}{RecordSuffix} is damaged. What was in {target} is beside it, under a name with .before-restore- in it: move it back, and remove that file.");
        var (source, told) = Directory.Exists(fresh) ? (fresh, $"{target} is the restored one; what was there is kept: {former}") : (former, $"{target} is as it was before");
        if (!Directory.Exists(source))
            throw new IOException($"{target} is gone, and so are {fresh} and {former}, which a restore that was cut short speaks of. To begin anew, remove {target}{RecordSuffix}.");
        Directory.Move(source, target);
        File.Delete(target + RecordSuffix);
        return told;
    }

    /// <summary>Nothing is missing, so nothing is to be done; were the record kept, it would bring back a directory that somebody removes one day.</summary>
    private static void ForgetUnlessHeld(string record)
    {
        try
        {
            using (new FileStream(record, FileMode.Open, FileAccess.Read, FileShare.None))
                File.Delete(record);
        }
        catch (IOException)
        {
            // A restore holds it, and ends it.
        }
    }

    private void ReplaceInTwoSteps(string fresh, string former)
    {
        File.Delete(target + RecordSuffix);
        using (var record = WholeFile.Create(target + RecordSuffix))
        {
            record.Write(Encoding.UTF8.GetBytes($"{fresh}\n{former}\n"));
            record.Flush(flushToDisk: true);
            onStep?.Invoke("recorded");
            Directory.Move(target, former);
            onStep?.Invoke("emptied");
            try
            {
                Directory.Move(fresh, target);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Directory.Move(former, target);
                throw;
            }
            onStep?.Invoke("filled");
        }
        File.Delete(target + RecordSuffix);
    }

    private static bool IsBeside(string target, string path) => path.StartsWith(target + ".", StringComparison.Ordinal) && Path.GetDirectoryName(path) == Path.GetDirectoryName(target);

    private static bool TryExchange(string one, string other)
    {
        try
        {
            return OperatingSystem.IsLinux() ? RenameAt2(CurrentDirectory, one, CurrentDirectory, other, LinuxExchange) == 0
                : OperatingSystem.IsMacOS() && RenameX(one, other, MacSwap) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int fromDirectory, string from, int toDirectory, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "renamex_np", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameX(string from, string to, uint flags);
}
