using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Devices;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Devices;

/// <summary><c>device.pair.list</c>: who waits and who is in.</summary>
internal sealed class DevicePairListMethod(PairingRequests requests) : GatewayMethod<EmptyParams, DevicePairListResult>(GatewayMethods.DevicePairList)
{
    protected override async ValueTask<MethodResult<DevicePairListResult>> RunAsync(EmptyParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        DeviceViews.List(await requests.ListAsync(cancellationToken).ConfigureAwait(false));
}
