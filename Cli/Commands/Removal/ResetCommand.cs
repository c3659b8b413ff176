using System.CommandLine;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Removal;

/// <summary><c>openclaw reset</c>: takes an instance back to its beginning; the program stays.</summary>
internal static class ResetCommand
{
    public static Command Create(CommandContext context)
    {
        var scope = new Option<string?>("--scope") { Description = "config, config+creds+sessions or full.", HelpName = "scope" };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        var quiet = new Option<bool>("--non-interactive") { Description = "Ask nothing; needs --yes." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be removed." };
        var command = new Command("reset", "Remove the configuration, or more, of this instance.") { scope, yes, quiet, dryRun };
        command.SetAction((result, cancellation) => RunAsync(
            context, result.GetValue(scope), new RemovalFlags(result.GetValue(yes), result.GetValue(quiet), result.GetValue(dryRun)), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string? text, RemovalFlags flags, CancellationToken cancellation)
    {
        ResetScope? scope = text switch
        {
            "config" => ResetScope.Config,
            "config+creds+sessions" => ResetScope.ConfigCredentialsSessions,
            "full" => ResetScope.Full,
            _ => null,
        };
        if (scope is not { } chosen)
            return await context.FailAsync($"error: {(text is null ? "required option '--scope <scope>' not specified" : $"option '--scope <scope>' argument '{text}' is invalid")}. Allowed choices are config, config+creds+sessions, full.").ConfigureAwait(false);
        return await new RemovalRun(context, flags).ExecuteAsync(plan => plan.Of(chosen), $"Next: {context.Environment.CommandName} setup", cancellation).ConfigureAwait(false);
    }
}
