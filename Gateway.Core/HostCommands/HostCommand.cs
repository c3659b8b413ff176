namespace OpenClaw.Gateway.Core.HostCommands;

/// <summary>A program that somebody at a gateway wants to run on this machine.</summary>
public sealed record HostCommand
{
    /// <summary>Program and arguments; not empty.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The line that <see cref="Arguments"/> hand to a shell, as the caller wrote it; null when there is no shell in it.</summary>
    public string? RawLine { get; init; }

    /// <summary>Directory, absolute; null means the home directory.</summary>
    public string? Cwd { get; init; }

    /// <summary>
    /// Variables on top of this machine's. Those that would make another program run are left out; a command that is not approved may
    /// only have those for the looks of its output.
    /// </summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Agent whose rules hold; null means <c>main</c>.</summary>
    public string? AgentId { get; init; }

    /// <summary>The gateway says that a person approved it.</summary>
    public bool Approved { get; init; }

    /// <summary>And wants not to be asked about its programs again.</summary>
    public bool ApprovedForGood { get; init; }

    /// <summary>For people: the shell's line, or the arguments with quotes where they need them.</summary>
    public string Text => RawLine ?? string.Join(' ', Arguments.Select(Quoted));

    private static string Quoted(string argument)
    {
        var text = argument.Trim();
        if (text.Length == 0)
            return "\"\"";
        return text.Any(static c => char.IsWhiteSpace(c) || c == '"') ? $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : text;
    }
}

/// <summary>What the rules of this machine say about a command.</summary>
public enum HostCommandVerdict
{
    /// <summary>It may run, as <see cref="HostCommandRuling.Start"/> says.</summary>
    Run,

    /// <summary>Nothing may run here.</summary>
    Disabled,

    /// <summary>A person has to approve it first.</summary>
    ApprovalRequired,

    /// <summary>It is not on the allowlist, and nobody is to be asked.</summary>
    NotListed,

    /// <summary>The caller's line is not what the arguments would run.</summary>
    LineDiffers,

    /// <summary>The directory is missing.</summary>
    NoDirectory,
}

/// <summary>The outcome of <see cref="HostCommandPolicy.JudgeAsync"/>.</summary>
/// <param name="Verdict">What was decided.</param>
/// <param name="Start">What to start; set exactly when it may run.</param>
public sealed record HostCommandRuling(HostCommandVerdict Verdict, HostCommandStart? Start);

/// <summary>How to start a command that may run.</summary>
/// <param name="Arguments">Program and arguments.</param>
/// <param name="Cwd">Directory.</param>
/// <param name="Environment">All variables.</param>
public sealed record HostCommandStart(IReadOnlyList<string> Arguments, string Cwd, IReadOnlyDictionary<string, string> Environment);
