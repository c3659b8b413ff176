namespace OpenClaw.Gateway.Core.Approvals;

/// <summary>
/// Whether the arguments that a node executes are the command that a person was shown. What the caller says that they are
/// (<c>rawCommand</c>) proves nothing by itself: the node executes the arguments.
/// </summary>
public static class ShownCommand
{
    private static readonly HashSet<string> Shells = new(StringComparer.Ordinal) { "sh", "bash", "dash", "zsh", "ksh", "ash" };

    private static readonly string[] ShellFolders = ["", "/bin/", "/usr/bin/"];

    /// <summary>
    /// A program and its arguments as a text that no other arguments have: each that is empty or has spaces or quotes stands in double
    /// quotes.
    /// </summary>
    /// <param name="arguments">The program and its arguments.</param>
    public static string TextOf(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(static word =>
        IsPlain(word) ? word : $"\"{word.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""));

    /// <param name="shown">What the person saw.</param>
    /// <param name="arguments">What would run; null when it cannot be told.</param>
    /// <param name="rawCommand">What the caller calls it, if he does; the node shows it and judges by it.</param>
    internal static bool IsWhatRuns(string shown, IReadOnlyList<string>? arguments, string? rawCommand)
    {
        if (arguments is not { Count: > 0 })
            return false;
        shown = shown.Trim();
        if (rawCommand is not null && rawCommand != shown)
            return false;
        // Without the caller's word that it is a line, the shell belongs to what has to be shown.
        return rawCommand is not null && LineFor(arguments) is { } line ? line.Trim() == shown : TextOf(arguments) == shown;
    }

    /// <summary>The line that the arguments hand to a system's shell; null when they are anything else.</summary>
    private static string? LineFor(IReadOnlyList<string> arguments) => arguments switch
    {
        [var shell, "-c" or "-lc", var line] when IsShell(shell) => line,
        [var shell, "/d", "/s", "/c", var line] when shell.Equals("cmd.exe", StringComparison.OrdinalIgnoreCase) => line,
        _ => null,
    };

    /// <summary>A program of that name in any other folder may be any program.</summary>
    private static bool IsShell(string program) => ShellFolders.Any(folder => program.StartsWith(folder, StringComparison.Ordinal) && Shells.Contains(program[folder.Length..]));

    private static bool IsPlain(string word) => word.Length > 0 && !word.Any(static c => char.IsWhiteSpace(c) || c is '"' or '\'' or '`');
}
