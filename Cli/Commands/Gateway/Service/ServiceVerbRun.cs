using OpenClaw.Cli.Services;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Lifetime;
using OpenClaw.Gateway.Core.Processes;

namespace OpenClaw.Cli.Commands.Gateway.Service;

/// <summary>
/// One <c>openclaw gateway start</c>, <c>stop</c> or <c>restart</c>. Where no service is installed, or none can be asked for, a gateway that somebody runs
/// in the foreground is stopped or restarted instead. No gateway is ever started without a service.
/// </summary>
internal sealed class ServiceVerbRun(CommandContext context, ServiceVerb verb, bool isSystemWide, bool json)
{
    private readonly ServiceReport _report = new(context, verb, json);

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        if (ServiceSupervisors.Of(context, isSystemWide ? true : null) is not { } service)
            return await ForegroundAsync(null, cancellation).ConfigureAwait(false)
                ?? await _report.FailedAsync(new ServiceFailure(ServiceFailureKind.NoManager, "there is no service manager for this system")).ConfigureAwait(false);
        var presence = await service.FindAsync(cancellation).ConfigureAwait(false);
        if (!presence.IsLoaded)
        {
            if (await ForegroundAsync(service, cancellation).ConfigureAwait(false) is { } exitCode)
                return exitCode;
            return presence.Failure is { } failure ? await _report.CheckFailedAsync(failure).ConfigureAwait(false) : await NotLoadedAsync(service).ConfigureAwait(false);
        }
        // Beside a service that does not run, the gateway that does is the one that is meant; the service could not even start beside it.
        if (verb is not ServiceVerb.Start
            && await service.ReadRuntimeAsync(cancellation).ConfigureAwait(false) is { Status: ServiceRuntime.Stopped }
            && await ForegroundAsync(service, cancellation, isLoaded: true).ConfigureAwait(false) is { } done)
        {
            return done;
        }
        // So that a service manager that kills does not look like a crash, and a restart ends safe mode.
        await new PlannedRestart(context.Environment.StateDirectory).LeaveAsync(context.Time).ConfigureAwait(false);
        var outcome = verb is ServiceVerb.Stop ? await service.StopAsync(cancellation).ConfigureAwait(false) : await service.RestartAsync(cancellation).ConfigureAwait(false);
        if (outcome.Failure is { } refused)
            return await _report.FailedAsync(refused, outcome.Lines).ConfigureAwait(false);
        return await _report.DoneAsync(Past, outcome.Lines, service, isLoaded: true).ConfigureAwait(false);
    }

    private string Past => verb switch { ServiceVerb.Start => "started", ServiceVerb.Stop => "stopped", _ => "restarted" };

    private Task<int> NotLoadedAsync(IServiceSupervisor service)
    {
        var message = $"Gateway service {service.NotLoadedText}.";
        IReadOnlyList<string> hints = verb is ServiceVerb.Stop
            ? []
            : [$"{context.Environment.CommandName} gateway install", $"{context.Environment.CommandName} gateway", service.StartHint];
        return _report.DoneAsync("not-loaded", [message, .. hints.Select(static hint => "Start with: " + hint)], service, isLoaded: false, message, hints);
    }

    /// <summary>Does it to the gateway that runs without a service; null when none does, or when it is to be started.</summary>
    private async Task<int?> ForegroundAsync(IServiceSupervisor? service, CancellationToken cancellation, bool isLoaded = false)
    {
        if (verb is ServiceVerb.Start || await RunningGateway.FindAsync(context.Environment, cancellation).ConfigureAwait(false) is not { } gateway)
            return null;
        if (gateway.IsPartOfDeployment)
            return await _report.RefusedAsync($"Process {gateway.ProcessId} is one of several of this gateway; stop and restart it where it was started.").ConfigureAwait(false);
        var failure = verb is ServiceVerb.Stop
            ? await gateway.StopAsync(context.Time, cancellation).ConfigureAwait(false)
            : await gateway.RestartAsync(context.Time, cancellation).ConfigureAwait(false);
        if (failure is not null)
            return await _report.FailedAsync(new ServiceFailure(ServiceFailureKind.Refused, failure)).ConfigureAwait(false);
        var line = verb is ServiceVerb.Stop
            ? $"Stopped the gateway that ran without a service (pid {gateway.ProcessId})."
            : $"Restarted the gateway that runs without a service, in its process (pid {gateway.ProcessId}).";
        return await _report.DoneAsync(Past, [line], service, isLoaded, line).ConfigureAwait(false);
    }
}
