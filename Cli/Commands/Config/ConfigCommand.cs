using System.CommandLine;
using OpenClaw.Cli.Commands.Configure;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Config;

/// <summary><c>openclaw config</c>: reads, changes and checks the configuration file.</summary>
internal static class ConfigCommand
{
    public static Command Create(CommandContext context)
    {
        var section = ConfigureCommand.SectionOption();
        var command = new Command("config", "Read, change and check the configuration; alone, change it by questions.")
        {
            Get(context),
            Set(context),
            Unset(context),
            File(context),
            Validate(context),
            Schema(context),
            section,
        };
        command.SetAction((result, cancellation) => ConfigureCommand.RunAsync(context, result.GetValue(section) ?? [], cancellation));
        return command;
    }

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

    private static Command File(CommandContext context)
    {
        var command = new Command("file", "Print the path of the configuration file.");
        command.SetAction((_, _) => ConfigFile.PathAsync(context));
        return command;
    }

    private static Command Validate(CommandContext context)
    {
        var json = new Option<bool>("--json") { Description = "Print the result as JSON." };
        var command = new Command("validate", "Check the file without starting anything; 1 when a gateway would not take it.") { json };
        command.SetAction((result, cancellation) => ConfigFile.ValidateAsync(context, result.GetValue(json), cancellation));
        return command;
    }

    private static Command Schema(CommandContext context)
    {
        var command = new Command("schema", "Print what a configuration may hold, as JSON Schema.");
        command.SetAction((_, _) => ConfigFile.SchemaAsync(context));
        return command;
    }

    private static Argument<string> PathArgument() => new("path") { Description = "Where: agents.list[0].id, with \\ before a dot that belongs to a name." };
}
