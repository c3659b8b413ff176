using System.CommandLine;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Update;

/// <summary><c>openclaw update</c>: another version beside this one, tried and then switched to.</summary>
internal static class UpdateCommand
{
    /// <summary>Where the feed is, when no flag says it; the <c>.env</c> of the state directory may hold it.</summary>
    public const string FeedVariable = "OPENCLAW_UPDATE_FEED";

    private const int UsualTimeoutSeconds = 1200;

    public static Command Create(CommandContext context)
    {
        var flags = new Flags();
        var command = new Command("update", "Install the newest version, and restart the service with it; back to this one if that does not work.") { flags.Channel, flags.Tag, flags.Feed, flags.Timeout, flags.Json };
        var noRestart = new Option<bool>("--no-restart") { Description = "Leave the gateway as it runs." };
        var yes = new Option<bool>("--yes") { Description = "Ask nothing, also when the version is an older one." };
        command.Add(noRestart);
        command.Add(yes);
        command.SetAction((result, cancellation) => new UpdateRun(context, flags.Read(result) with { NoRestart = result.GetValue(noRestart), Yes = result.GetValue(yes) }).ExecuteAsync(cancellation));

        var asked = new Flags();
        var status = new Command("status", "Tell which version this is, and which one there is.") { asked.Channel, asked.Tag, asked.Feed, asked.Timeout, asked.Json };
        status.SetAction((result, cancellation) => new UpdateRun(context, asked.Read(result)).StatusAsync(cancellation));
        command.Add(status);
        return command;
    }

    private sealed class Flags
    {
        public Option<string?> Channel { get; } = new("--channel") { Description = "stable, beta or dev.", HelpName = "channel" };

        public Option<string?> Tag { get; } = new("--tag") { Description = "A certain version, or latest.", HelpName = "version" };

        public Option<string?> Feed { get; } = new("--feed") { Description = $"Directory or URL with the files of eng/package; without it {FeedVariable}.", HelpName = "feed" };

        public Option<string?> Timeout { get; } = new("--timeout") { Description = $"Seconds that it may take ({UsualTimeoutSeconds}).", HelpName = "seconds" };

        public Option<bool> Json { get; } = new("--json") { Description = "Print JSON." };

        public UpdateArguments Read(ParseResult result) => new()
        {
            Channel = result.GetValue(Channel),
            Tag = result.GetValue(Tag),
            Feed = result.GetValue(Feed),
            Timeout = result.GetValue(Timeout) ?? UsualTimeoutSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Json = result.GetValue(Json),
        };
    }
}

/// <summary>What a user typed after <c>update</c>.</summary>
internal sealed record UpdateArguments
{
    public string? Channel { get; init; }
    public string? Tag { get; init; }
    public string? Feed { get; init; }
    public string Timeout { get; init; } = "";
    public bool Json { get; init; }
    public bool NoRestart { get; init; }
    public bool Yes { get; init; }
}
