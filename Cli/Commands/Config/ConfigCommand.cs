using System.CommandLine;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Config;

/// <summary><c>openclaw config</c>: reads and changes single values of the configuration file.</summary>
internal static class ConfigCommand
{
    public static Command Create(CommandContext context) => new("config", "Read and change single values of the configuration.")
    {
        Get(context),
        Set(context),
        Unset(context),
    };

    private static Command Get(CommandContext context)
    {
        var path = PathArgument();
        var json = new Option<bool>("--json") { Description = "Print JSON, for single values too." };
        var command = new Command("get", "Print a value as the gateway sees it, defaults included.") { path, json };
        command.SetAction((result, cancellation) => ConfigGet.RunAsync(context, result.GetValue(path)!, result.GetValue(json), cancellation));
        return command;
    }

    private static Command Set(CommandContext context)
    {
        var path = PathArgument();
        var value = new Argument<string>("value") { Description = "JSON5; what is none is taken as text." };
        var json = new Option<bool>("--json") { Description = "Insist on JSON5." };
        var command = new Command("set", "Set a value; the rest of the file stays as it is.") { path, value, json };
        command.SetAction((result, cancellation) =>
            ConfigChange.SetAsync(context, result.GetValue(path)!, result.GetValue(value)!, result.GetValue(json), cancellation));
        return command;
    }

    private static Command Unset(CommandContext context)
    {
        var path = PathArgument();
        var command = new Command("unset", "Remove a value.") { path };
        command.SetAction((result, cancellation) => ConfigChange.UnsetAsync(context, result.GetValue(path)!, cancellation));
        return command;
    }

    private static Argument<string> PathArgument() => new("path") { Description = "Where: agents.list[0].id, with \\ before a dot that belongs to a name." };
}
