using System.CommandLine;
using System.Text.Json;
using OpenClaw.Cli.Commands.Gateway.Run;
using OpenClaw.Cli.Commands.Health;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Gateway;

/// <summary><c>openclaw gateway health</c>: whether the gateway answers, and how its channels are.</summary>
internal static class GatewayHealthCommand
{
    public static Command Create(CommandContext context, GatewayRunFlags outer)
    {
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var command = new Command("health", "Ask the running gateway whether it is well.");
        flags.AddTo(command);
        command.SetAction((result, cancellation) => RunAsync(context, flags.Read(result, outer.ReadSecrets(result)), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, ClientArguments arguments, CancellationToken cancellation)
    {
        if (arguments.TimeoutOr(GatewayCaller.UsualTimeoutMs) is not { } timeout)
            return await context.FailAsync("Error: invalid --timeout: " + arguments.Timeout).ConfigureAwait(false);
        var route = await GatewayCaller.RouteAsync(context, arguments, cancellation).ConfigureAwait(false);
        var outcome = await GatewayCaller.CallAsync(context, route, "health", default, timeout, arguments.ExpectFinal, cancellation).ConfigureAwait(false);
        if (outcome.Failure is { } failure)
            return await failure.ReportAsync(context, "Error: ").ConfigureAwait(false);
        var payload = outcome.Response!.Payload;
        await context.Out.WriteLineAsync(arguments.Json ? JsonText.Indent(payload.Span) : Describe(context, payload)).ConfigureAwait(false);
        return 0;
    }

    private static string Describe(CommandContext context, ReadOnlyMemory<byte> payload)
    {
        using var document = JsonDocument.Parse(payload);
        var health = document.RootElement;
        var text = $"Gateway Health\n{(health.Flag("ok") == false ? "DEGRADED" : "OK")} ({health.Integer("durationMs") ?? 0}ms)";
        foreach (var channel in ChannelState.All(health))
            text += $"\n{channel.Label}: {channel.State}";
        foreach (var reason in health.Items("degraded"))
            text += "\n- " + TerminalText.Harmless(reason.ToString());
        if (ConfigProblemLine.Of(context, health) is { } problem)
            text += "\n- " + problem;
        return text;
    }
}
