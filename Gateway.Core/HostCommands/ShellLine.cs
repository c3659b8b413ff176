namespace OpenClaw.Gateway.Core.HostCommands;

/// <summary>Recognises arguments that hand one line to a shell.</summary>
internal static class ShellLine
{
    private static readonly HashSet<string> Shells = new(StringComparer.Ordinal) { "sh", "bash", "dash", "zsh", "ksh", "ash" };

    /// <summary>The line; null when the arguments are a program of their own.</summary>
    public static string? Of(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 3 && Shells.Contains(Path.GetFileName(arguments[0])) && arguments[1] is ("-c" or "-lc"))
            return arguments[2];
        return IsCommandProcessor(arguments[0]) && arguments.Count > 1 ? arguments[^1] : null;
    }

    /// <summary>Windows' own shell, whose language the analysis of commands does not know.</summary>
    public static bool IsCommandProcessor(string program)
    {
        var name = program[(program.LastIndexOfAny(['\\', '/']) + 1)..];
        return name.Equals("cmd", StringComparison.OrdinalIgnoreCase) || name.Equals("cmd.exe", StringComparison.OrdinalIgnoreCase);
    }
}
