using System.CommandLine;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Security;

/// <summary><c>openclaw security</c>.</summary>
internal static class SecurityCommand
{
    public static Command Create(CommandContext context)
    {
        var deep = new Option<bool>("--deep") { Description = "Also try to reach the gateway." };
        var fix = new Option<bool>("--fix") { Description = "Take rights from others where they are too wide, and close open groups." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var audit = new Command("audit", "Look for settings and files that let in, or show, more than is good.") { deep, fix, json };
        audit.SetAction((result, cancellation) =>
            new SecurityRun(context, result.GetValue(deep), result.GetValue(fix), result.GetValue(json)).ExecuteAsync(cancellation));
        return new Command("security", "Look at what is open.") { audit };
    }
}
