using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Methods;

namespace OpenClaw.Gateway.Core.Methods.Status;

/// <summary><c>last-heartbeat</c>: the last heartbeat event. This gateway runs no heartbeats yet, so there is none: null.</summary>
internal sealed class LastHeartbeatMethod : GatewayMethod
{
    public override MethodContract Contract => GatewayMethods.LastHeartbeat;

    public override ValueTask<MethodReply> InvokeAsync(MethodContext context, ReadOnlyMemory<byte> paramsJson, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new MethodReply("null"u8.ToArray()));
}
