using Microsoft.Extensions.Logging;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.SafeMode;

namespace OpenClaw.Cli.Commands.Gateway.Run;

/// <summary>Decides whether a starting gateway is in safe mode.</summary>
internal static class SafeModeStart
{
    /// <summary><c>off</c>: crashes are not counted, for whoever kills gateways on purpose. <c>on</c>: this start is in safe mode.</summary>
    private const string Variable = "OPENCLAW_SAFE_MODE";

    /// <summary>The state to start in, and what remembers the start; null when nothing does.</summary>
    public static async Task<(SafeModeState State, StartHistory? History)> DecideAsync(CommandContext context, bool isOff, ILogger logger)
    {
        var history = new StartHistory(context.Environment.StateDirectory, context.Time);
        var chosen = context.Environment.Get(Variable)?.ToLowerInvariant();
        if (chosen is "off" or "0" or "false" or "no")
            return (SafeModeState.Off(), null);
        if (isOff)
            history.End();
        var (state, problem) = await history.BeginAsync(isWanted: !isOff && context.Environment.IsTruthy(Variable)).ConfigureAwait(false);
        if (problem is not null)
            GatewayRunLog.UncountedStart(logger, problem);
        return (state, history);
    }
}
