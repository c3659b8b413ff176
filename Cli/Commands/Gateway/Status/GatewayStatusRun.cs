using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Gateway.Status;

/// <summary>One <c>openclaw gateway status</c>. That no gateway answers is an answer: the exit code is 0.</summary>
internal sealed class GatewayStatusRun(CommandContext context, ClientArguments arguments, bool probe)
{
    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        if (arguments.TimeoutOr(GatewayCaller.UsualTimeoutMs) is not { } budget)
            return await context.FailAsync("Error: invalid --timeout: " + arguments.Timeout).ConfigureAwait(false);
        var route = await GatewayCaller.RouteAsync(context, arguments, cancellation).ConfigureAwait(false);
        var result = probe ? await GatewayProber.ProbeAsync(context, route, budget, ["status"], cancellation).ConfigureAwait(false) : null;
        var log = GatewayLogFile.Locate(context, route.Snapshot);
        var report = new GatewayStatusReport
        {
            Route = route,
            Sources = GatewayRoute.Sources(route.Snapshot, context.Environment, arguments),
            Probe = result,
            LogFile = log,
            LastError = result is { Ok: false } ? await GatewayLogFile.LastErrorAsync(log, cancellation).ConfigureAwait(false) : null,
        };
        if (arguments.Json)
        {
            await context.Out.WriteLineAsync(report.ToJson()).ConfigureAwait(false);
            return 0;
        }
        await context.Out.WriteLineAsync(report.Describe(context.Environment)).ConfigureAwait(false);
        if (report.DescribeFailure() is { } failure)
            await context.Error.WriteLineAsync(failure).ConfigureAwait(false);
        return 0;
    }
}
