using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Gateway.Client.Errors;

/// <summary>The gateway answered <c>connect</c> with an error. <see cref="Error"/> is the whole text; a close reason is cut at 120 bytes.</summary>
public sealed class GatewayConnectRefusedException : GatewayClosedException
{
    /// <summary>The refusal <paramref name="error"/>, after which the socket was closed with <paramref name="close"/>.</summary>
    public GatewayConnectRefusedException(ErrorShape error, GatewayClose close, string? connectionDetails = null)
        : base(close, connectionDetails)
    {
        Error = error;
    }

    /// <summary>The gateway's error.</summary>
    public ErrorShape Error { get; }

    /// <summary>True when another attempt with the same credentials cannot succeed before somebody changes something.</summary>
    public bool IsTerminal => ConnectRefusals.IsTerminal(Error);
}
