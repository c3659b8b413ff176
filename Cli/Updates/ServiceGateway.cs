using OpenClaw.Cli.Commands;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Services;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Processes;

namespace OpenClaw.Cli.Updates;

/// <summary>The gateway that a service manager runs: restarted by the command that does that, and then asked.</summary>
internal sealed class ServiceGateway(CommandContext context, IServiceSupervisor service, ConfigSnapshot snapshot) : IUpdatedGateway
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ProbeBudget = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public async Task<string?> RestartAsync()
    {
        using var output = new StringWriter();
        using var problem = new StringWriter();
        var quiet = new CommandContext(context.Environment, output, problem, context.Console, context.Time) { ServiceHost = context.ServiceHost };
        var code = await CommandLine.RunAsync(quiet, ["gateway", "restart"]).ConfigureAwait(false);
        if (code == 0)
            return null;
        return problem.ToString().Split('\n')[0] is { Length: > 0 } said ? said : FormattableString.Invariant($"openclaw gateway restart ended with {code}");
    }

    public async Task<string?> ProblemOfAsync(string? version)
    {
        var route = GatewayRoute.Of(snapshot, context.Environment, new ClientArguments());
        var started = context.Time.GetTimestamp();
        while (true)
        {
            var probe = await GatewayProber.ProbeAsync(context, route, ProbeBudget, ["system-presence"], CancellationToken.None).ConfigureAwait(false);
            var running = probe.Self()?.Text("version");
            if (probe.Ok && (version is null || running == version))
                return null;
            if (context.Time.GetElapsedTime(started) >= Patience)
                return probe.Ok ? $"it answers as version {running ?? "unknown"}" : (probe.Error ?? "it does not answer") + await EndAsync().ConfigureAwait(false);
            await Task.Delay(Pause, context.Time).ConfigureAwait(false);
        }
    }

    /// <summary>How it ended the last time, when the service manager knows.</summary>
    private async Task<string> EndAsync()
    {
        var runtime = await service.ReadRuntimeAsync(CancellationToken.None).ConfigureAwait(false);
        return runtime is { LastExitStatus: { } status and not 0 } ? FormattableString.Invariant($"; its process ends with {status}") : "";
    }

    /// <summary>
    /// The gateway of this instance that a service runs; null when none does, so that whoever started it has to start it anew: a gateway that somebody
    /// runs beside the service cannot become another program.
    /// </summary>
    /// <exception cref="UpdateException">The service manager does not answer, so that nobody can tell.</exception>
    public static async Task<ServiceGateway?> FindAsync(CommandContext context, ConfigSnapshot snapshot, CancellationToken cancellation)
    {
        if (ServiceSupervisors.Of(context) is not { } service)
            return null;
        var presence = await service.FindAsync(cancellation).ConfigureAwait(false);
        if (presence.Failure is { Kind: ServiceFailureKind.NoAnswer } silent && service.ReadDefinition() is not null)
            throw new UpdateException($"whether a service runs the gateway cannot be told: {silent.Message}. Nothing was changed; --no-restart does without.");
        if (!presence.IsLoaded)
            return null;
        var runtime = await service.ReadRuntimeAsync(cancellation).ConfigureAwait(false);
        var isForeign = runtime.Status == ServiceRuntime.Stopped && await RunningGateway.FindAsync(context.Environment, cancellation).ConfigureAwait(false) is not null;
        return isForeign ? null : new ServiceGateway(context, service, snapshot);
    }
}
