using System.Globalization;

namespace OpenClaw.Gateway.Core.Logs.Files;

/// <summary>Names, age and size of the dated log files in a directory.</summary>
internal static class DatedLogFiles
{
    /// <summary>A day's file that grows beyond this is set aside once as <c>….old.log</c>: a runaway day costs twice this.</summary>
    public const long SizeLimit = 128 * 1024 * 1024;

    /// <summary>Long enough to look into last week's incident; the original deletes after a day.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private const string Prefix = "openclaw-";
    private const string DateFormat = "yyyy-MM-dd";
    private const string Extension = ".log";

    public static string PathFor(string directory, DateTimeOffset local) =>
        Path.Combine(directory, Prefix + local.ToString(DateFormat, CultureInfo.InvariantCulture) + Extension);

    public static bool IsDated(string path) =>
        Path.GetFileName(path) is { Length: 23 } name
        && name.StartsWith(Prefix, StringComparison.Ordinal)
        && name.EndsWith(Extension, StringComparison.Ordinal)
        && DateOnly.TryParseExact(name.AsSpan(Prefix.Length, DateFormat.Length), DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>The dated file of a directory that was written last, or null.</summary>
    public static string? Newest(string directory)
    {
        try
        {
            return new DirectoryInfo(directory).EnumerateFiles(Prefix + "*" + Extension).Where(file => IsDated(file.Name)).MaxBy(file => file.LastWriteTimeUtc)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static void Prune(string directory, DateTimeOffset now)
    {
        foreach (var file in new DirectoryInfo(directory).EnumerateFiles(Prefix + "*" + Extension))
        {
            if (now - file.LastWriteTimeUtc > KeptFor)
                file.Delete();
        }
    }

    public static void SetAsideIfTooLarge(string path, long limit)
    {
        var file = new FileInfo(path);
        if (file.Exists && file.Length > limit)
            file.MoveTo(Path.ChangeExtension(path, ".old.log"), overwrite: true);
    }
}
