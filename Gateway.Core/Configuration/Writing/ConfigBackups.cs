namespace OpenClaw.Gateway.Core.Configuration.Writing;

/// <summary>
/// The five former versions beside the file: <c>.bak</c> is the youngest, <c>.bak.4</c> the oldest. Each step is one
/// rename, so being killed in between loses at most the oldest and never the file itself.
/// </summary>
internal static class ConfigBackups
{
    private const int Oldest = 4;

    /// <summary>Temp files of writers that died are removed when they are older than any write can take.</summary>
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(10);

    /// <summary>Where the backups of a file are when there are any, the youngest first.</summary>
    public static IEnumerable<string> PathsOf(string path) => Enumerable.Range(0, Oldest + 1).Select(i => i == 0 ? path + ".bak" : $"{path}.bak.{i}");

    public static void Rotate(string path)
    {
        if (!File.Exists(path))
            return;
        var youngest = path + ".bak";
        // A write that failed after this has kept the version already; failing again and again must not push the others out.
        if (File.Exists(youngest) && File.ReadAllBytes(youngest).AsSpan().SequenceEqual(File.ReadAllBytes(path)))
            return;
        // Copied before anything is moved: this is what fails on a full disk.
        var temp = $"{path}.bak.{Guid.NewGuid():D}.tmp";
        try
        {
            File.Copy(path, temp);
        }
        catch (IOException)
        {
            File.Delete(temp);
            throw;
        }
        for (var i = Oldest; i >= 1; i--)
        {
            var younger = i == 1 ? youngest : $"{path}.bak.{i - 1}";
            if (File.Exists(younger))
                File.Move(younger, $"{path}.bak.{i}", overwrite: true);
        }
        File.Move(temp, youngest, overwrite: true);
    }

    public static void RemoveAbandonedTempFiles(string path, DateTimeOffset now)
    {
        var directory = Path.GetDirectoryName(path)!;
        foreach (var file in Directory.EnumerateFiles(directory, Path.GetFileName(path) + ".*.tmp"))
        {
            if (now - File.GetLastWriteTimeUtc(file) > AbandonedAfter)
                File.Delete(file);
        }
    }
}
