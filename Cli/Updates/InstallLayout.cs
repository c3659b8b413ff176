using System.ComponentModel;
using System.Runtime.InteropServices;

namespace OpenClaw.Cli.Updates;

/// <summary>
/// Where eng/install.sh puts versions: side by side in <c>versions</c>, with <c>current</c> and <c>previous</c> as links to them. A version's directory
/// never changes once it is there, so programs that run from it go on undisturbed.
/// </summary>
/// <param name="Root">The directory with all of it.</param>
internal sealed partial record InstallLayout(string Root)
{
    private const string Program = "openclaw";
    private const string Incoming = ".incoming.";
    private const string NextLink = ".link.";

    public string Versions => Path.Combine(Root, "versions");

    public string Current => Path.Combine(Root, "current");

    public string Previous => Path.Combine(Root, "previous");

    /// <summary>Name of the version in use; null when the link is gone.</summary>
    public string? CurrentName => NameOf(Current);

    public string? PreviousName => NameOf(Previous);

    /// <summary>The layout that a program runs from; null when it was installed in another way.</summary>
    /// <param name="programPath">Path of the running program, links followed.</param>
    public static InstallLayout? Of(string? programPath)
    {
        var version = Path.GetDirectoryName(programPath);
        var versions = Path.GetDirectoryName(version);
        if (OperatingSystem.IsWindows() || Path.GetFileName(versions) != "versions" || Path.GetFileNameWithoutExtension(programPath) != Program)
            return null;
        var layout = new InstallLayout(Path.GetDirectoryName(versions)!);
        return layout.CurrentName is null ? null : layout;
    }

    /// <summary>A fresh directory for what is on its way.</summary>
    public string MakeIncoming() => Directory.CreateDirectory(Path.Combine(Root, Incoming + Guid.NewGuid().ToString("N"))).FullName;

    public string DirectoryOf(string name) => Path.Combine(Versions, name);

    public static string ProgramIn(string directory) => Path.Combine(directory, Program);

    /// <summary>Whether a version is there.</summary>
    public bool Has(string name) => name.Length > 0 && Path.GetFileName(name) == name && name is not ("." or "..") && Directory.Exists(DirectoryOf(name));

    /// <summary>A name for a link, or a small file, that is moved to its place when it is whole.</summary>
    public string MakeLinkName() => Path.Combine(Root, NextLink + Guid.NewGuid().ToString("N"));

    /// <summary>Makes the link name another version, in one step: it is the old one or the new one, and never gone.</summary>
    public void Point(string link, string name)
    {
        var next = MakeLinkName();
        File.CreateSymbolicLink(next, Path.Combine("versions", name));
        // .NET's own moves follow the link, or refuse what is there.
        if (Rename(next, link) == 0)
            return;
        var problem = new Win32Exception();
        File.Delete(next);
        throw new IOException($"{link} cannot be changed: {problem.Message}");
    }

    /// <summary>Removes what an update that was cut short left behind.</summary>
    public void RemoveLeftovers()
    {
        foreach (var entry in new DirectoryInfo(Root).EnumerateFileSystemInfos().ToArray())
        {
            if (entry.Name.StartsWith(Incoming, StringComparison.Ordinal) && entry is DirectoryInfo directory)
                directory.Delete(recursive: true);
            else if (entry.Name.StartsWith(NextLink, StringComparison.Ordinal))
                File.Delete(entry.FullName);
        }
    }

    /// <summary>Removes the versions that nothing names any more, and that no program runs from.</summary>
    public void RemoveOldVersions()
    {
        HashSet<string?> kept = [CurrentName, PreviousName, .. Running()];
        foreach (var directory in Directory.EnumerateDirectories(Versions))
        {
            if (!kept.Contains(Path.GetFileName(directory)))
                Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Versions that programs run from, as far as this user may know: only Linux tells.</summary>
    private IEnumerable<string?> Running()
    {
        if (!OperatingSystem.IsLinux())
            yield break;
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (char.IsAsciiDigit(Path.GetFileName(process)[0]) && ProgramOf(process) is { } program && program.StartsWith(Versions + "/", StringComparison.Ordinal))
                yield return program[(Versions.Length + 1)..].Split('/')[0];
        }
    }

    private static string? ProgramOf(string process)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "exe")).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string? NameOf(string link)
    {
        var target = new FileInfo(link).LinkTarget;
        var name = target is null ? null : Path.GetFileName(target);
        return name is { Length: > 0 } && Directory.Exists(DirectoryOf(name)) ? name : null;
    }

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);
}
