namespace OpenClaw.Gateway.Core.Agents.Options;

internal static class HomePath
{
    /// <summary>An absolute path; a leading <c>~</c> stands for the home directory.</summary>
    public static string Expand(string path, string homeDir)
    {
        var trimmed = path.Trim();
        if (trimmed == "~")
            return homeDir;
        return trimmed.StartsWith("~/", StringComparison.Ordinal)
            ? Path.GetFullPath(trimmed[2..], homeDir)
            : Path.GetFullPath(trimmed, homeDir);
    }
}
