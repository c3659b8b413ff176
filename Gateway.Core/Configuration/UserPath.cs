namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>Paths as users write them.</summary>
internal static class UserPath
{
    /// <summary>Replaces a leading <c>~</c> (alone or before a separator; <c>~name</c> stays as it is).</summary>
    public static string ExpandTilde(string path, string home) =>
        path == "~" || path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal)
            ? home + path[1..]
            : path;

    /// <summary>Absolute path; what is relative is taken from the home directory's process directory.</summary>
    public static string Resolve(string path, string home) => Path.GetFullPath(ExpandTilde(path.Trim(), home));

    public static string Shorten(string path, string home, string sign)
    {
        if (path == home)
            return sign;
        var prefix = home.EndsWith(Path.DirectorySeparatorChar) ? home : home + Path.DirectorySeparatorChar;
        return path.StartsWith(prefix, StringComparison.Ordinal) ? sign + Path.DirectorySeparatorChar + path[prefix.Length..] : path;
    }
}
