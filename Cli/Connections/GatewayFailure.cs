using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Client.Targets;
using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Cli.Connections;

/// <summary>Why a gateway did not do what a command wanted, in words.</summary>
/// <param name="Message">What happened, and for connections where to; the texts that scripts know.</param>
/// <param name="Refusal">The gateway's whole answer to <c>connect</c>, of which a close reason holds only the beginning.</param>
/// <param name="Hint">What to do about it.</param>
internal sealed record GatewayFailure(string Message, string? Refusal = null, string? Hint = null)
{
    /// <summary>True when this machine's gateway does not answer, or lets nobody in before a device is approved: its files can be worked on instead.</summary>
    public bool HostMayHelp { get; private init; }

    /// <summary>True when the question did not leave: no gateway answered, or it let nobody in.</summary>
    public bool NeverAsked { get; private init; }

    public static GatewayFailure Of(GatewayException error, CommandContext context, GatewayAddress address) => error switch
    {
        GatewayConnectRefusedException refused => new GatewayFailure(refused.Message, refused.Error.Message)
        {
            HostMayHelp = address.Origin is GatewayAddressOrigin.Local && refused.Error.Code == ErrorCodes.NotPaired,
            NeverAsked = true,
        },
        GatewayClosedException { Close.NetworkError: { } network } => new GatewayFailure(
            error.Message,
            Hint: $"No gateway answers there ({network})."
                + (address.Origin is GatewayAddressOrigin.Local ? $" To start it: {context.Environment.CommandName} gateway" : ""))
        {
            HostMayHelp = address.Origin is GatewayAddressOrigin.Local,
            NeverAsked = true,
        },
        _ => new GatewayFailure(error.Message),
    };

    public static GatewayFailure Of(ErrorShape error) => new(error.Message);

    /// <summary>Prints it, and returns the exit code for it.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="prefix">Stands before the message, e.g. <c>Error: </c>.</param>
    public async Task<int> ReportAsync(CommandContext context, string prefix)
    {
        if (Refusal is not null)
            await context.Error.WriteLineAsync("gateway connect failed: Error: " + TerminalText.Harmless(Refusal)).ConfigureAwait(false);
        await context.Error.WriteLineAsync(prefix + TerminalText.Harmless(Message)).ConfigureAwait(false);
        if (Hint is not null)
            await context.Error.WriteLineAsync("Hint: " + Hint).ConfigureAwait(false);
        return 1;
    }
}
