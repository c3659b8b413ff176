namespace OpenClaw.Gateway.Core.HostCommands;

/// <summary>One line that arguments hand to a shell of the system's.</summary>
/// <param name="Shell">The shell: a full path, but on Windows.</param>
/// <param name="Line">The line.</param>
internal sealed record ShellLine(string Shell, string Line)
{
    private static readonly HashSet<string> Shells = new(StringComparer.Ordinal) { "sh", "bash", "dash", "zsh", "ksh", "ash" };

    /// <summary>Where only the system's owner puts programs.</summary>
    private static readonly string[] SystemDirectories = ["/bin", "/usr/bin"];

    /// <summary>
    /// Null when the arguments are a program of their own. That is also what somebody's file with the name of a shell is: its line may
    /// mean anything.
    /// </summary>
    public static ShellLine? Of(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 3 && arguments[1] is ("-c" or "-lc") && SystemShell(arguments[0]) is { } shell)
            return new ShellLine(shell, arguments[2]);
        return OperatingSystem.IsWindows() && arguments.Count > 1 && IsCommandProcessor(arguments[0]) ? new ShellLine(arguments[0], arguments[^1]) : null;
    }

    private static string? SystemShell(string program)
    {
        if (Shells.Contains(program))
            return OperatingSystem.IsWindows() ? program : SystemDirectories.Select(directory => $"{directory}/{program}").FirstOrDefault(File.Exists);
        return SystemDirectories.Any(directory => program.StartsWith(directory + "/", StringComparison.Ordinal) && Shells.Contains(program[(directory.Length + 1)..])) ? program : null;
    }

    /// <summary>Windows' own shell, whose language the analysis of commands does not know.</summary>
    private static bool IsCommandProcessor(string program)
    {
        var name = program[(program.LastIndexOfAny(['\\', '/']) + 1)..];
        return (name.Equals("cmd", StringComparison.OrdinalIgnoreCase) || name.Equals("cmd.exe", StringComparison.OrdinalIgnoreCase))
            && (name.Length == program.Length || string.Equals(Path.GetDirectoryName(program), Environment.SystemDirectory, StringComparison.OrdinalIgnoreCase));
    }
}
