using System.CommandLine;
using System.Text;
using System.Text.Json;
using OpenClaw.Cli.Commands.Gateway.Run;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Gateway;

/// <summary><c>openclaw gateway call</c>: any method of the gateway, by name.</summary>
internal static class GatewayCallCommand
{
    private const string Failed = "Gateway call failed: ";

    public static Command Create(CommandContext context, GatewayRunFlags outer)
    {
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var method = new Argument<string>("method") { Description = "Method name, e.g. health, status, system-presence." };
        var parameters = new Option<string?>("--params") { Description = "The method's params, as JSON ({}).", HelpName = "json" };
        var command = new Command("call", "Call a method of the running gateway.") { method, parameters };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => RunAsync(
            context, flags.Read(result, outer.ReadSecrets(result)), result.GetValue(method)!, result.GetValue(parameters) ?? "{}", cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        CommandContext context, ClientArguments arguments, string method, string parameters, CancellationToken cancellation)
    {
        if (arguments.TimeoutOr(GatewayCaller.UsualTimeoutMs) is not { } timeout)
            return await context.FailAsync($"{Failed}Error: invalid --timeout: {arguments.Timeout}").ConfigureAwait(false);
        var json = Encoding.UTF8.GetBytes(parameters);
        if (Problem(json) is { } problem)
            return await context.FailAsync($"{Failed}SyntaxError: --params is no JSON: {problem}").ConfigureAwait(false);
        var route = await GatewayCaller.RouteAsync(context, arguments, cancellation).ConfigureAwait(false);
        var outcome = await GatewayCaller.CallAsync(context, route, method, json, timeout, arguments.ExpectFinal, cancellation).ConfigureAwait(false);
        if (outcome.Failure is { } failure)
            return await failure.ReportAsync(context, Failed + "Error: ").ConfigureAwait(false);
        if (!arguments.Json)
            await context.Out.WriteLineAsync("Gateway call: " + method).ConfigureAwait(false);
        var payload = outcome.Response!.Payload;
        await context.Out.WriteLineAsync(payload.IsEmpty ? "null" : JsonText.Indent(payload.Span)).ConfigureAwait(false);
        return 0;
    }

    private static string? Problem(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
            }
            return null;
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }
}
