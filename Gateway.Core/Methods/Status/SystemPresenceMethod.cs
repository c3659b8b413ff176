using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Presence;
using OpenClaw.Gateway.Protocol.Methods;

namespace OpenClaw.Gateway.Core.Methods.Status;

/// <summary><c>system-presence</c>: all presence rows. Params are ignored.</summary>
internal sealed class SystemPresenceMethod(PresenceStore presence) : GatewayMethod
{
    public override MethodContract Contract => GatewayMethods.SystemPresence;

    public override ValueTask<MethodReply> InvokeAsync(MethodContext context, ReadOnlyMemory<byte> paramsJson, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new MethodReply(presence.ListJson()));
}
