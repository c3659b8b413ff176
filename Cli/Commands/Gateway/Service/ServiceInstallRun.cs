using OpenClaw.Cli.Services;
using OpenClaw.Cli.Services.Programs;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Processes;

namespace OpenClaw.Cli.Commands.Gateway.Service;

/// <summary>One <c>openclaw gateway install</c>.</summary>
internal sealed class ServiceInstallRun(CommandContext context, ServiceInstallFlags flags)
{
    private readonly ServiceReport _report = new(context, ServiceVerb.Install, flags.Json);

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        if (context.Environment.IsNixMode)
            return await _report.RefusedAsync("Nix mode detected; service install is disabled.").ConfigureAwait(false);
        if (flags.Problem is { } problem)
            return await _report.RefusedAsync(problem).ConfigureAwait(false);
        if (ServiceSupervisors.Of(context, flags.IsSystemWide) is not { } service)
            return await _report.FailedAsync(new ServiceFailure(ServiceFailureKind.NoManager, "there is no service manager for this system")).ConfigureAwait(false);
        if (flags.IsSystemWide && !service.IsSystemWide)
            return await _report.FailedAsync(new ServiceFailure(ServiceFailureKind.NoManager, $"{service.Label} knows no --system")).ConfigureAwait(false);
        var (plan, failure) = await PlanAsync(cancellation).ConfigureAwait(false);
        if (plan is null)
            return failure is null ? StartRefusal.ExitCode : await _report.FailedAsync(failure).ConfigureAwait(false);

        var presence = await service.FindAsync(cancellation).ConfigureAwait(false);
        // A user's manager that does not run yet can be called for.
        if (presence.Failure is { Kind: not ServiceFailureKind.NoUserManager } unknown)
            return await _report.CheckFailedAsync(unknown).ConfigureAwait(false);
        if (presence.IsLoaded && !flags.Force)
            return await AlreadyAsync(service, plan).ConfigureAwait(false);

        var outcome = await service.InstallAsync(plan.Definition, flags.Force, cancellation).ConfigureAwait(false);
        if (outcome.Failure is { } refused)
            return refused.IsUnavailable ? await _report.CheckFailedAsync(refused).ConfigureAwait(false) : await _report.FailedAsync(refused, outcome.Lines).ConfigureAwait(false);
        return await _report.DoneAsync("installed", ["", .. outcome.Lines], service, isLoaded: true, warnings: [.. plan.Warnings, .. outcome.Warnings]).ConfigureAwait(false);
    }

    private async Task<(ServicePlan? Plan, ServiceFailure? Failure)> PlanAsync(CancellationToken cancellation)
    {
        var host = context.ServiceHost;
        var user = flags.IsSystemWide ? flags.User ?? ServiceAccount.Usual(context.Environment, host) : host.UserName;
        var runner = new ProcessRunner(context.Environment.Variables, context.Time);
        var (account, failure) = await ServiceAccount.EnvironmentOfAsync(user, context.Environment, host, runner, cancellation).ConfigureAwait(false);
        if (failure is not null)
            return (null, failure);
        var (command, unlocated) = ServiceProgram.Locate(host);
        if (unlocated is not null)
            return (null, unlocated);
        var snapshot = await new ConfigLoader(account).LoadAsync(cancellation).ConfigureAwait(false);
        if (!snapshot.Valid)
        {
            return (null, new ServiceFailure(ServiceFailureKind.Unusable, "the configuration cannot be used, and the gateway would not start with it")
            {
                Hints = ConfigReport.Invalid(snapshot, account),
            });
        }
        GatewayStartFlags.TryParse(flags.Port, null, null, null, out var parsed);
        var arguments = new ServiceInstallArguments { Port = parsed.Port, Token = flags.Token, Force = flags.Force, IsSystemWide = flags.IsSystemWide, User = user };
        return (ServicePlan.Of(command, account, snapshot, arguments, host.Platform), null);
    }

    private Task<int> AlreadyAsync(IServiceSupervisor service, ServicePlan plan)
    {
        var message = $"Gateway service already {service.LoadedText}.";
        var again = $"Reinstall with: {context.Environment.CommandName} gateway install --force";
        IReadOnlyList<string> differences = service.ReadDefinition() is { } installed ? ServiceDifferences.Between(installed, plan.Definition) : [$"there is no {service.DefinitionPath}"];
        IReadOnlyList<string> warnings = [.. differences.Select(static difference => "The installed service differs from what would be installed now: " + difference)];
        return _report.DoneAsync("already-installed", [message, again], service, isLoaded: true, message, warnings: warnings);
    }
}
