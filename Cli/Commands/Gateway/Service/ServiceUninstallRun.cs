using OpenClaw.Cli.Services;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Lifetime;

namespace OpenClaw.Cli.Commands.Gateway.Service;

/// <summary>One <c>openclaw gateway uninstall</c>.</summary>
internal sealed class ServiceUninstallRun(CommandContext context, bool legacy, bool isSystemWide, bool json)
{
    private readonly ServiceReport _report = new(context, ServiceVerb.Uninstall, json);

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        if (context.Environment.IsNixMode)
            return await _report.RefusedAsync("Nix mode detected; service uninstall is disabled.").ConfigureAwait(false);
        if (ServiceSupervisors.Of(context, isSystemWide ? true : null) is not { } service)
            return await _report.FailedAsync(new ServiceFailure(ServiceFailureKind.NoManager, "there is no service manager for this system")).ConfigureAwait(false);
        if (!legacy)
            await new PlannedRestart(context.Environment.StateDirectory).LeaveAsync(context.Time).ConfigureAwait(false);
        var outcome = legacy
            ? await ServiceInventory.Of(context).RemoveLegacyAsync(cancellation).ConfigureAwait(false)
            : await service.UninstallAsync(cancellation).ConfigureAwait(false);
        if (outcome.Failure is { } failure)
            return failure.IsUnavailable ? await _report.CheckFailedAsync(failure).ConfigureAwait(false) : await _report.FailedAsync(failure, outcome.Lines).ConfigureAwait(false);
        if (!legacy && (await service.FindAsync(cancellation).ConfigureAwait(false)).IsLoaded)
            return await _report.RefusedAsync("Gateway service still loaded after uninstall.").ConfigureAwait(false);
        return await _report.DoneAsync("uninstalled", outcome.Lines, service, isLoaded: false).ConfigureAwait(false);
    }
}
