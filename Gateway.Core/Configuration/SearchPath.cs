namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>
/// Completes <c>PATH</c> with the places where people install tools: a service starts with almost none. What is there
/// comes first, so a user's own order stays in charge; directories that do not exist are left out.
/// </summary>
internal static class SearchPath
{
    /// <summary>Marks an environment whose path is complete, for child processes.</summary>
    public const string MarkerVariable = "OPENCLAW_PATH_BOOTSTRAPPED";

    public static void Complete(Dictionary<string, string> variables, string home)
    {
        if (OperatingSystem.IsWindows() || variables.GetValueOrDefault(MarkerVariable) == "1")
            return;
        var path = (variables.GetValueOrDefault("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).ToList();
        foreach (var directory in Candidates(variables, home))
        {
            if (!path.Contains(directory) && Directory.Exists(directory))
                path.Add(directory);
        }
        variables["PATH"] = string.Join(Path.PathSeparator, path);
        variables[MarkerVariable] = "1";
    }

    private static IEnumerable<string> Candidates(Dictionary<string, string> variables, string home)
    {
        yield return Path.Combine(variables.GetValueOrDefault("MISE_DATA_DIR") ?? Path.Combine(home, ".local", "share", "mise"), "shims");
        if (variables.GetValueOrDefault("HOMEBREW_PREFIX") is { Length: > 0 } brew)
            yield return Path.Combine(brew, "bin");
        yield return "/home/linuxbrew/.linuxbrew/bin";
        if (OperatingSystem.IsMacOS())
            yield return Path.Combine(home, "Library", "pnpm");
        if (variables.GetValueOrDefault("XDG_BIN_HOME") is { Length: > 0 } own)
            yield return own;
        foreach (var directory in (string[])[".local/bin", ".local/share/pnpm", ".bun/bin", ".yarn/bin"])
            yield return Path.Combine(home, directory);
        foreach (var directory in (string[])["/opt/homebrew/bin", "/usr/local/bin", "/usr/bin", "/bin"])
            yield return directory;
    }
}
