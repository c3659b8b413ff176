namespace OpenClaw.Cli.Startup;

/// <summary>A command line without the flags that do not belong to any command.</summary>
/// <param name="Profile">Instance chosen with <c>--dev</c> or <c>--profile</c>, or null.</param>
/// <param name="NoColor"><c>--no-color</c> was given.</param>
/// <param name="ShowVersion">Only the version is asked for.</param>
/// <param name="Arguments">What is left for the command.</param>
/// <param name="Error">What is wrong with the profile flags; ends the process with <see cref="UsageExitCode"/>.</param>
internal sealed record Invocation(string? Profile, bool NoColor, bool ShowVersion, IReadOnlyList<string> Arguments, string? Error)
{
    /// <summary>Exit code for wrong profile flags.</summary>
    public const int UsageExitCode = 2;

    private const string ProfileEquals = "--profile=";

    public static Invocation Parse(IReadOnlyList<string> args)
    {
        var rest = new List<string>(args.Count);
        string? profile = null;
        var dev = false;
        var i = 0;
        // Only in front of the command: behind it, these names belong to the command.
        for (; i < args.Count && args[i].StartsWith('-') && args[i] != "--"; i++)
        {
            if (args[i] == "--dev")
                dev = true;
            else if (args[i] == "--profile")
                profile = ++i < args.Count ? args[i] : "";
            else if (args[i].StartsWith(ProfileEquals, StringComparison.Ordinal))
                profile = args[i][ProfileEquals.Length..];
            else
                rest.Add(args[i]);
        }
        for (; i < args.Count; i++)
            rest.Add(args[i]);
        var (noColor, version) = TakeGlobalFlags(rest);
        return new Invocation(dev ? "dev" : profile, noColor, version, rest, Problem(dev, profile));
    }

    private static string? Problem(bool dev, string? profile) => profile switch
    {
        null => null,
        _ when dev => "Cannot combine --dev with --profile",
        "" => "--profile requires a value",
        _ when profile.StartsWith('-') => "--profile requires a value",
        _ => IsName(profile) ? null : "Invalid --profile (use letters, numbers, \"_\", \"-\" only)",
    };

    /// <summary>1 to 64 letters, digits, <c>_</c> and <c>-</c>, the first a letter or digit.</summary>
    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    /// <summary>Removes what may stand anywhere, up to a <c>--</c>.</summary>
    private static (bool NoColor, bool Version) TakeGlobalFlags(List<string> arguments)
    {
        bool noColor = false, version = false;
        for (var i = 0; i < arguments.Count && arguments[i] != "--"; i++)
        {
            // After an option it may be that option's value.
            var free = i == 0 || !arguments[i - 1].StartsWith('-');
            if (arguments[i] == "--no-color")
            {
                noColor = true;
                arguments.RemoveAt(i--);
            }
            else if (free && arguments[i] is "-V" or "-v" or "--version")
            {
                version = true;
            }
        }
        return (noColor, version);
    }
}
