namespace OpenClaw.Cli.Startup;

/// <summary>The flags before the command that choose an instance: <c>--dev</c>, <c>--profile</c>, and <c>--no-color</c> anywhere.</summary>
/// <param name="Profile">Chosen profile, or null.</param>
/// <param name="NoColor">True when colours are off.</param>
/// <param name="Rest">The arguments that are left for the command.</param>
/// <param name="Error">What is wrong with the flags; ends the process with 2.</param>
internal sealed record ProfileArguments(string? Profile, bool NoColor, IReadOnlyList<string> Rest, string? Error)
{
    /// <summary>Exit code for wrong profile flags.</summary>
    public const int ErrorExitCode = 2;

    public static ProfileArguments Parse(IReadOnlyList<string> args)
    {
        var rest = new List<string>();
        string? profile = null, error = null;
        var dev = false;
        var i = 0;
        for (; i < args.Count && args[i].StartsWith('-'); i++)
        {
            if (args[i] == "--dev")
                dev = true;
            else if (args[i] == "--profile")
                profile = ++i < args.Count && !args[i].StartsWith('-') ? args[i] : Fail("--profile requires a value");
            else if (args[i].StartsWith("--profile=", StringComparison.Ordinal))
                profile = args[i]["--profile=".Length..] is { Length: > 0 } name ? name : Fail("--profile requires a value");
            else
                rest.Add(args[i]);
        }
        rest.AddRange(args.Skip(i));
        if (dev && profile is not null)
            error ??= "Cannot combine --dev with --profile";
        if (error is null && profile is not null && !IsName(profile))
            error = "Invalid --profile (use letters, numbers, \"_\", \"-\" only)";
        return new ProfileArguments(dev ? "dev" : profile, rest.Remove("--no-color"), rest, error);

        string? Fail(string message)
        {
            error = message;
            return null;
        }
    }

    /// <summary>1 to 64 letters, digits, <c>_</c> and <c>-</c>, the first a letter or digit.</summary>
    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
