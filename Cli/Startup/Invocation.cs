using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Startup;

/// <summary>A command line without the flags that do not belong to any command.</summary>
/// <param name="Profile">Instance chosen with <c>--dev</c> or <c>--profile</c>, or null.</param>
/// <param name="NoColor"><c>--no-color</c> was given.</param>
/// <param name="ShowVersion">Only the version is asked for.</param>
/// <param name="Arguments">What is left for the command.</param>
/// <param name="Error">What is wrong with the profile flags; ends the process with <see cref="ProfileSelection.UsageExitCode"/>.</param>
internal sealed record Invocation(string? Profile, bool NoColor, bool ShowVersion, IReadOnlyList<string> Arguments, string? Error)
{
    public static Invocation Parse(IReadOnlyList<string> args)
    {
        var selection = ProfileSelection.Parse(args);
        var rest = new List<string>(selection.Arguments.Count);
        bool noColor = false, version = false;
        for (var i = 0; i < selection.Arguments.Count; i++)
        {
            var argument = selection.Arguments[i];
            if (argument == "--")
            {
                for (; i < selection.Arguments.Count; i++)
                    rest.Add(selection.Arguments[i]);
                break;
            }
            // After an option it may be that option's value.
            var free = i == 0 || !selection.Arguments[i - 1].StartsWith('-');
            if (argument == "--no-color")
                noColor = true;
            else if (free && argument is "-V" or "-v" or "--version")
                version = true;
            else
                rest.Add(argument);
        }
        return new Invocation(selection.Profile, noColor, version, rest, selection.Error);
    }
}
