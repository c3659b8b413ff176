using OpenClaw.Cli.Commands.Gateway.Status;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Services;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Status;

/// <summary>One <c>openclaw status</c>. It reports; that no gateway answers is part of the report, and the exit code is 0.</summary>
internal sealed class StatusRun(CommandContext context, ClientArguments arguments, bool all, bool deep, bool verbose)
{
    /// <summary>A gateway of this machine answers in milliseconds; nobody wants to wait longer for a status.</summary>
    public const int UsualTimeoutMs = 2500;

    private static readonly string[] Methods = ["status", "health", "system-presence"];

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        if (arguments.TimeoutOr(UsualTimeoutMs) is not { } budget)
            return await context.FailAsync("Error: invalid --timeout: " + arguments.Timeout).ConfigureAwait(false);
        var route = await GatewayCaller.RouteAsync(context, arguments, cancellation).ConfigureAwait(false);
        var service = ServiceSupervisors.Of(context);
        var asking = ServiceFacts.ReadAsync(context, service, service?.ReadDefinition(), cancellation);
        var probe = await GatewayProber.ProbeAsync(context, route, budget, Methods, cancellation, extras: ["outbox.status"]).ConfigureAwait(false);
        var facts = await asking.ConfigureAwait(false);
        if (arguments.Json)
        {
            await context.Out.WriteLineAsync(StatusJson.Write(context, route, probe, facts, deep)).ConfigureAwait(false);
            return 0;
        }
        if (verbose)
            await context.Out.WriteLineAsync("Gateway connection:\n  " + route.Address.Details.Replace("\n", "\n  ", StringComparison.Ordinal) + "\n").ConfigureAwait(false);
        if (all)
        {
            await context.Out.WriteAsync(await new StatusAll(context, route, probe, facts).WriteAsync(cancellation).ConfigureAwait(false)).ConfigureAwait(false);
            return 0;
        }
        var screen = new StatusScreen(context, route, probe, facts);
        await context.Out.WriteAsync(screen.Draw(deep)).ConfigureAwait(false);
        return 0;
    }
}
