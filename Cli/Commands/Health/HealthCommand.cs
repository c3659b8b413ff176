using System.CommandLine;
using System.Text.Json;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Health;

/// <summary><c>openclaw health</c>: what the running gateway says about itself.</summary>
internal static class HealthCommand
{
    public static Command Create(CommandContext context)
    {
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var verbose = new Option<bool>("--verbose", "--debug") { Description = "Say which gateway is asked, too." };
        var command = new Command("health", "Ask the running gateway how it is.");
        flags.AddTo(command);
        command.Add(verbose);
        command.SetAction((result, cancellation) => RunAsync(context, flags.Read(result), result.GetValue(verbose), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, ClientArguments arguments, bool verbose, CancellationToken cancellation)
    {
        if (arguments.TimeoutOr(GatewayCaller.UsualTimeoutMs) is not { } timeout)
            return await context.FailAsync("Error: invalid --timeout: " + arguments.Timeout).ConfigureAwait(false);
        var route = await GatewayCaller.RouteAsync(context, arguments, cancellation).ConfigureAwait(false);
        var outcome = await GatewayCaller.CallAsync(context, route, "health", default, timeout, arguments.ExpectFinal, cancellation).ConfigureAwait(false);
        if (outcome.Failure is { } failure)
            return await failure.ReportAsync(context, "Error: ").ConfigureAwait(false);
        var payload = outcome.Response!.Payload;
        if (arguments.Json)
        {
            await context.Out.WriteLineAsync(JsonText.Indent(payload.Span)).ConfigureAwait(false);
            return 0;
        }
        using var document = JsonDocument.Parse(payload);
        var lines = new List<string>();
        if (verbose)
            lines.Add("Gateway connection:\n  " + route.Address.Details.Replace("\n", "\n  ", StringComparison.Ordinal));
        Describe(context, document.RootElement, lines);
        await context.Out.WriteLineAsync(string.Join('\n', lines)).ConfigureAwait(false);
        return 0;
    }

    private static void Describe(CommandContext context, JsonElement health, List<string> lines)
    {
        foreach (var channel in ChannelState.All(health))
            lines.Add($"{channel.Label}: {channel.State}");
        var agents = new List<string>();
        var beats = new List<string>();
        var stores = new List<string>();
        foreach (var agent in health.Items("agents"))
        {
            var id = TerminalText.Harmless(agent.Text("agentId") ?? "?");
            agents.Add(agent.Flag("isDefault") == true ? id + " (default)" : id);
            if ((agent.Field("heartbeat") ?? default).Text("every") is { } every)
                beats.Add($"{TerminalText.Harmless(every)} ({id})");
            if (agent.Field("sessions") is not { } sessions)
                continue;
            stores.Add($"Session store ({id}): {TerminalText.Harmless(sessions.Text("path") ?? "?")} ({sessions.Integer("count") ?? 0} entries)");
        }
        lines.Add("Agents: " + string.Join(", ", agents));
        lines.Add("Heartbeat interval: " + string.Join(", ", beats));
        lines.AddRange(stores);
        foreach (var reason in health.Items("degraded"))
            lines.Add("Degraded: " + TerminalText.Harmless(reason.ToString()));
        if (ConfigProblemLine.Of(context, health) is { } problem)
            lines.Add("Config: " + problem);
    }
}
