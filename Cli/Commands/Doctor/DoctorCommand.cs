using System.CommandLine;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Doctor;

/// <summary><c>openclaw doctor</c>: finds what is wrong with an instance, and repairs what can be repaired.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandContext context)
    {
        var fix = new Option<bool>("--fix", "--repair") { Description = "Repair what can be repaired without losing anything." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Repair, and agree to what replaces or moves something." };
        var quiet = new Option<bool>("--non-interactive") { Description = "Ask nothing." };
        var force = new Option<bool>("--force") { Description = "Also replace a service definition that was changed by hand." };
        var deep = new Option<bool>("--deep") { Description = "Also look at what takes longer: channels, services of the whole system." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var token = new Option<bool>("--generate-gateway-token") { Description = "Make a token where there is none." };
        var suggestions = new Option<bool>("--no-workspace-suggestions") { Description = "Accepted for scripts; there are none.", Hidden = true };
        var command = new Command("doctor", "Find out what is wrong, and repair it with --fix. Ends with 1 when problems are left.")
        {
            fix, yes, quiet, force, deep, json, token, suggestions,
        };
        command.SetAction((result, cancellation) => new DoctorRun(context, new DoctorOptions
        {
            Fix = result.GetValue(fix) || result.GetValue(yes),
            Yes = result.GetValue(yes),
            NonInteractive = result.GetValue(quiet),
            Force = result.GetValue(force),
            Deep = result.GetValue(deep),
            Json = result.GetValue(json),
            GenerateToken = result.GetValue(token),
        }).ExecuteAsync(cancellation));
        return command;
    }
}
