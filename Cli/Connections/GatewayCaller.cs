using System.Globalization;
using OpenClaw.Cli.Commands.Gateway.Status;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Services.Programs;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Client.Calls;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Client.Targets;
using OpenClaw.Gateway.Core.Processes;

namespace OpenClaw.Cli.Connections;

/// <summary>An answer, or why there is none.</summary>
/// <param name="Response">The gateway's answer, if it gave one.</param>
/// <param name="Failure">Set when the gateway did not do what was asked.</param>
internal sealed record GatewayOutcome(GatewayResponse? Response, GatewayFailure? Failure);

/// <summary>Asks a gateway one question for a command.</summary>
internal static class GatewayCaller
{
    /// <summary>Time for an answer when the user names none.</summary>
    public const int UsualTimeoutMs = 10_000;

    /// <summary>Reads the configuration and decides which gateway is meant. What is wrong with the file is reported, and does not end the command.</summary>
    public static async Task<GatewayRoute> RouteAsync(CommandContext context, ClientArguments arguments, CancellationToken cancellation) =>
        GatewayRoute.Of(await context.LoadAsync(cancellation).ConfigureAwait(false), context.Environment, arguments);

    /// <summary>Connects, asks and disconnects. A gateway's "no" is a failure too.</summary>
    public static async Task<GatewayOutcome> CallAsync(
        CommandContext context, GatewayRoute route, string method, ReadOnlyMemory<byte> parameters, TimeSpan timeout, bool expectFinal, CancellationToken cancellation)
    {
        if (route.Options is not { } options)
            return new GatewayOutcome(null, new GatewayFailure(route.Problem!));
        try
        {
            var call = await GatewayCall.InvokeAsync(options with { Time = context.Time }, method, parameters, timeout, expectFinal, cancellation).ConfigureAwait(false);
            foreach (var warning in call.Warnings)
                await context.Error.WriteLineAsync("Warning: " + warning).ConfigureAwait(false);
            return new GatewayOutcome(call.Response, call.Response.Error is { } refused ? GatewayFailure.Of(refused) : null);
        }
        catch (GatewayException error)
        {
            var failure = GatewayFailure.Of(error, context, route.Address);
            var stranger = route.Address.Origin is GatewayAddressOrigin.Local && error is not (GatewayConnectRefusedException or GatewayStateException)
                ? await StrangerAsync(context, route, cancellation).ConfigureAwait(false)
                : null;
            return new GatewayOutcome(null, stranger is null ? failure : failure with { Hint = stranger });
        }
    }

    /// <summary>Who has the gateway's port while no gateway of this instance runs; null when nobody does.</summary>
    private static async Task<string?> StrangerAsync(CommandContext context, GatewayRoute route, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(route.Address.Url, UriKind.Absolute, out var url) || await RunningGateway.FindAsync(context.Environment, cancellation).ConfigureAwait(false) is not null)
            return null;
        var use = await PortUse.OfAsync(url.Port, new ProcessRunner(context.Environment.Variables, context.Time), cancellation).ConfigureAwait(false);
        if (!use.IsBusy)
            return null;
        var who = use.Listeners.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" (process {use.Listeners[0].Pid}: {TerminalText.HarmlessLine(use.Listeners[0].CommandLine ?? use.Listeners[0].Command ?? "?")})");
        return string.Create(CultureInfo.InvariantCulture, $"No gateway of this instance runs, and another program has port {url.Port}{who}. More: {context.Environment.CommandName} gateway status");
    }
}
