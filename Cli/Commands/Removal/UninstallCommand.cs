using System.CommandLine;
using OpenClaw.Cli.Commands.Gateway.Service;
using OpenClaw.Cli.Services;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Removal;

/// <summary><c>openclaw uninstall</c>: removes what an instance left on this machine; the program stays.</summary>
internal static class UninstallCommand
{
    public static Command Create(CommandContext context)
    {
        var service = new Option<bool>("--service") { Description = "The service that runs the gateway; it is stopped." };
        var state = new Option<bool>("--state") { Description = "The state directory, with configuration, credentials and sessions." };
        var workspace = new Option<bool>("--workspace") { Description = "The agents' workspaces." };
        var all = new Option<bool>("--all") { Description = "All three." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        var quiet = new Option<bool>("--non-interactive") { Description = "Ask nothing; needs --yes." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be removed." };
        var command = new Command("uninstall", "Remove the service and the data of this instance.") { service, state, workspace, all, yes, quiet, dryRun };
        command.SetAction((result, cancellation) => RunAsync(
            context,
            result.GetValue(service) || result.GetValue(all),
            result.GetValue(state) || result.GetValue(all),
            result.GetValue(workspace) || result.GetValue(all),
            new RemovalFlags(result.GetValue(yes), result.GetValue(quiet), result.GetValue(dryRun)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, bool service, bool state, bool workspace, RemovalFlags flags, CancellationToken cancellation)
    {
        if (!service && !state && !workspace)
            return await context.FailAsync("error: say what to remove: --service, --state, --workspace or --all").ConfigureAwait(false);
        if (service && await RemoveServiceAsync(context, flags, cancellation).ConfigureAwait(false) is > 0 and var refused)
            return refused;
        if (!state && !workspace)
            return 0;
        return await new RemovalRun(context, flags).ExecuteAsync(
            plan => [.. state ? plan.StateParts() : [], .. workspace ? plan.Workspaces().Where(path => !state || !plan.StateParts().Any(part => path.StartsWith(part + Path.DirectorySeparatorChar, StringComparison.Ordinal))) : []],
            "The program itself is still there; remove it the way it was installed.",
            cancellation).ConfigureAwait(false);
    }

    /// <summary>First, because it stops the gateway whose files go next. Its exit code; 0 where no service is installed.</summary>
    private static async Task<int> RemoveServiceAsync(CommandContext context, RemovalFlags flags, CancellationToken cancellation)
    {
        if (ServiceSupervisors.Of(context)?.ReadDefinition() is not { } installed)
            return 0;
        if (flags.DryRun)
        {
            await context.Out.WriteLineAsync("[dry-run] remove gateway service " + context.Environment.Display(installed.SourcePath)).ConfigureAwait(false);
            return 0;
        }
        if (!flags.Yes)
            return await context.FailAsync("Nothing was removed. To stop and remove the service: --yes").ConfigureAwait(false);
        return await new ServiceUninstallRun(context, legacy: false, isSystemWide: false, json: false).ExecuteAsync(cancellation).ConfigureAwait(false);
    }
}
