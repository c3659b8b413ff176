namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>The profile flags of a command line (<c>--dev</c>, <c>--profile x</c>), which stand before the command.</summary>
/// <param name="Profile">Chosen profile, or null.</param>
/// <param name="Arguments">The command line without the profile flags.</param>
/// <param name="Error">What to print on stderr; exit code is then <see cref="UsageExitCode"/>.</param>
public sealed record ProfileSelection(string? Profile, IReadOnlyList<string> Arguments, string? Error)
{
    /// <summary>Exit code for a wrong use of the profile flags.</summary>
    public const int UsageExitCode = 2;

    /// <summary>Takes the profile flags out of <paramref name="arguments"/>; only those before the first word count.</summary>
    /// <param name="arguments">Command line without the program name.</param>
    public static ProfileSelection Parse(IReadOnlyList<string> arguments)
    {
        string? profile = null;
        var dev = false;
        var rest = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith('-'))
            {
                rest.AddRange(arguments.Skip(i));
                break;
            }
            string? value = null;
            if (argument == "--dev")
            {
                dev = true;
                if (profile is not null)
                    return Failed("[openclaw] Cannot combine --dev with --profile");
                continue;
            }
            if (argument == "--profile")
                value = i + 1 < arguments.Count ? arguments[++i] : "";
            else if (argument.StartsWith("--profile=", StringComparison.Ordinal))
                value = argument["--profile=".Length..];
            else
            {
                rest.Add(argument);
                continue;
            }
            if (dev)
                return Failed("[openclaw] Cannot combine --dev with --profile");
            if (value.Length == 0)
                return Failed("[openclaw] --profile requires a value");
            if (!IsValidName(value))
                return Failed("[openclaw] Invalid --profile (use letters, numbers, \"_\", \"-\" only)");
            profile = value;
        }
        return new ProfileSelection(dev ? "dev" : profile, rest, null);
    }

    /// <summary>True for 1 to 64 letters, digits, <c>_</c> and <c>-</c> that start with a letter or digit.</summary>
    /// <param name="name">Candidate name.</param>
    public static bool IsValidName(string name) =>
        name.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    internal static string SuffixOf(string? profile) =>
        string.IsNullOrEmpty(profile) || string.Equals(profile, "default", StringComparison.OrdinalIgnoreCase) ? "" : "-" + profile;

    private static ProfileSelection Failed(string error) => new(null, [], error);
}
