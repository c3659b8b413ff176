using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Client.Calls;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;

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
            return new GatewayOutcome(null, GatewayFailure.Of(error, context, route.Address));
        }
    }
}
