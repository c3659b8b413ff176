using System.Globalization;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Services;
using OpenClaw.Cli.Services.Programs;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Client.Targets;

namespace OpenClaw.Cli.Commands.Gateway.Status;

/// <summary>One <c>openclaw gateway status</c>. That no gateway answers is an answer: the exit code is 0.</summary>
internal sealed class GatewayStatusRun(CommandContext context, ClientArguments arguments, bool probe, bool deep, bool isSystemWide)
{
    private const string PortVariable = "OPENCLAW_GATEWAY_PORT";

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        if (arguments.TimeoutOr(GatewayCaller.UsualTimeoutMs) is not { } budget)
            return await context.FailAsync("Error: invalid --timeout: " + arguments.Timeout).ConfigureAwait(false);
        var own = await context.LoadAsync(cancellation).ConfigureAwait(false);
        var service = ServiceSupervisors.Of(context, isSystemWide ? true : null);
        var installed = service?.ReadDefinition();
        var seen = await ServiceView.OfAsync(context, own, installed, cancellation).ConfigureAwait(false);
        var sources = Sources(seen);
        var route = GatewayRoute.Of(seen.Snapshot, context.Environment, sources);
        var port = GatewayAddress.PortOf(sources);
        var ownPort = GatewayAddress.PortOf(GatewayRoute.Sources(own, context.Environment, arguments));
        var runner = new ProcessRunner(context.Environment.Variables, context.Time);

        // At once: none of them waits for another, and the slowest is the gateway that does not answer.
        var facts = ServiceFacts.ReadAsync(context, service, installed, cancellation);
        var probing = ProbeAsync(route, budget, cancellation);
        var use = PortUse.OfAsync(port, runner, cancellation);
        var ownUse = ownPort == port ? Task.FromResult<PortUse?>(null) : FindOwnAsync(ownPort, runner, cancellation);
        var others = ServiceInventory.Of(context).ScanOthersAsync(deep, cancellation);
        await Task.WhenAll(facts, probing, use, ownUse, others).ConfigureAwait(false);

        var log = GatewayLogFile.Locate(context, seen.Snapshot);
        var report = new GatewayStatusReport
        {
            Own = own,
            Seen = seen,
            Service = await facts.ConfigureAwait(false),
            Route = route,
            Sources = sources,
            Probe = await probing.ConfigureAwait(false),
            Port = await use.ConfigureAwait(false),
            OwnPort = await ownUse.ConfigureAwait(false),
            LogFile = log,
            LastError = null,
            Others = await others.ConfigureAwait(false),
        };
        // Who holds the port says why it does not answer; an old error of ours would only mislead.
        if (report.IsDeaf || (report.Probe is { Ok: false } && !report.Port.IsBusy))
            report = report with { LastError = await GatewayLogFile.LastErrorAsync(log, seen.Environment.StateDirectory, cancellation).ConfigureAwait(false) };
        if (arguments.Json)
            await context.Out.WriteLineAsync(GatewayStatusJson.Write(report)).ConfigureAwait(false);
        else
            await new GatewayStatusText(context, report).PrintAsync().ConfigureAwait(false);
        return 0;
    }

    /// <summary>The gateway that the service runs: its port is on its command line, and its secret may be in its variables.</summary>
    private GatewayTargetSources Sources(ServiceView seen)
    {
        var sources = GatewayRoute.Sources(seen.Snapshot, seen.Environment, arguments);
        if (seen.Port is not { } port)
            return sources;
        var variables = sources.Environment.ToDictionary(StringComparer.Ordinal);
        variables[PortVariable] = port.ToString(CultureInfo.InvariantCulture);
        return sources with { Environment = variables };
    }

    private async Task<GatewayProbeResult?> ProbeAsync(GatewayRoute route, TimeSpan budget, CancellationToken cancellation) =>
        probe ? await GatewayProber.ProbeAsync(context, route, budget, ["status"], cancellation).ConfigureAwait(false) : null;

    private static async Task<PortUse?> FindOwnAsync(int port, IProcessRunner runner, CancellationToken cancellation) =>
        await PortUse.OfAsync(port, runner, cancellation).ConfigureAwait(false);
}
