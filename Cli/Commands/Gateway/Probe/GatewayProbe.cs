using System.Globalization;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Gateway.Probe;

/// <summary>One <c>openclaw gateway probe</c>.</summary>
internal sealed class GatewayProbe(CommandContext context, ClientArguments arguments)
{
    private static readonly string[] Methods = ["health", "status", "system-presence", "config.get"];

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        if (arguments.TimeoutOr(GatewayProbeCommand.UsualTimeoutMs) is not { } budget)
            return await context.FailAsync("Error: invalid --timeout: " + arguments.Timeout).ConfigureAwait(false);
        var snapshot = await context.LoadAsync(cancellation).ConfigureAwait(false);
        var started = context.Time.GetTimestamp();
        var targets = ProbeTarget.All(snapshot, context.Environment, arguments);
        var results = await Task.WhenAll(targets.Select(target => GatewayProber.ProbeAsync(context, target.Route, budget, Methods, cancellation))).ConfigureAwait(false);
        var report = new ProbeReport(targets, results, budget, context.Time.GetElapsedTime(started), context.Time.GetUtcNow());
        if (arguments.Json)
            await context.Out.WriteLineAsync(report.ToJson()).ConfigureAwait(false);
        else
            await context.Out.WriteLineAsync(Describe(report)).ConfigureAwait(false);
        return report.Primary is null ? 1 : 0;
    }

    private static string Describe(ProbeReport report)
    {
        var lines = new List<string>
        {
            "Gateway Status",
            "Reachable: " + (report.Primary is null ? "no" : "yes"),
            string.Create(CultureInfo.InvariantCulture, $"Probe budget: {report.Budget.TotalMilliseconds:0}ms"),
            "",
            "Targets",
        };
        for (var i = 0; i < report.Targets.Count; i++)
        {
            var (target, result) = (report.Targets[i], report.Results[i]);
            lines.Add($"{target.Label} {target.Route.Address.Url}");
            if (!result.Connected)
            {
                lines.Add("  Connect: failed - " + TerminalText.Harmless(result.Error!));
                continue;
            }
            var rpc = result.Error is { } error ? "failed - " + TerminalText.Harmless(error) : "ok";
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"  Connect: ok ({result.Latency.TotalMilliseconds:0}ms) · RPC: {rpc}"));
            if (result.Self() is { } self)
                lines.Add(TerminalText.Harmless($"  Gateway: {self.Text("host")} ({self.Text("ip")}) · {self.Text("platform")} · app {self.Text("version")}"));
        }
        return string.Join('\n', lines) + "\n";
    }
}
