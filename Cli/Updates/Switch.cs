using System.Text;
using System.Text.RegularExpressions;

namespace OpenClaw.Cli.Updates;

/// <summary>
/// A change of the version in use, kept on disk from before the first link changes until the gateway was seen to run with it: an update that is killed in
/// between leaves word of what is still to be seen, and of what to go back to.
/// </summary>
/// <param name="New">Name of the version that comes.</param>
/// <param name="Old">Name of the one that goes.</param>
/// <param name="Former">What <c>previous</c> named before, if anything.</param>
internal sealed partial record Switch(string New, string Old, string? Former)
{
    /// <summary>More than three names have.</summary>
    private const int MostBytes = 4096;

    public string NewVersion => Number(New);

    public string OldVersion => Number(Old);

    public static string PathIn(InstallLayout layout) => Path.Combine(layout.Root, "update.unseen");

    /// <summary>Writes it down, in one step.</summary>
    public async Task RecordAsync(InstallLayout layout)
    {
        var next = layout.MakeLinkName();
        var file = new FileStream(next, FileMode.CreateNew, FileAccess.Write);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes($"{New}\n{Old}\n{Former}\n")).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }
        File.Move(next, PathIn(layout), overwrite: true);
    }

    /// <summary>The one that was cut short; null when there is none, or when the new version is not the one in use any more.</summary>
    public static Switch? Read(InstallLayout layout)
    {
        try
        {
            if (new FileInfo(PathIn(layout)) is not { Exists: true, Length: <= MostBytes } || File.ReadAllText(PathIn(layout)).Split('\n') is not [{ Length: > 0 } made, { Length: > 0 } old, var former, ..])
                return null;
            return made == layout.CurrentName && layout.Has(old) ? new Switch(made, old, layout.Has(former) ? former : null) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Makes the links what they were.</summary>
    public void TakeBack(InstallLayout layout)
    {
        layout.Point(layout.Current, Old);
        if (Former is not null)
            layout.Point(layout.Previous, Former);
        else
            File.Delete(layout.Previous);
    }

    public static void Forget(InstallLayout layout) => File.Delete(PathIn(layout));

    /// <summary>A second archive of the same version has a part of its hash behind its number.</summary>
    private static string Number(string name) => HashPart().Replace(name, "");

    [GeneratedRegex(@"-[0-9a-f]{8}\z")]
    private static partial Regex HashPart();
}
