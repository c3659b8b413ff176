using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Devices;

namespace OpenClaw.Gateway.Core.Methods.Devices;

/// <summary><c>device.pair.reject</c>: a person turns a device away. What it was allowed before stays.</summary>
internal sealed class DevicePairRejectMethod(PairingRequests requests, PairingNotices notices, Audit audit)
    : GatewayMethod<DevicePairDecisionParams, DevicePairRejectResult>(GatewayMethods.DevicePairReject)
{
    protected override async ValueTask<MethodResult<DevicePairRejectResult>> RunAsync(
        DevicePairDecisionParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var decision = await requests.RejectAsync(parameters.RequestId, cancellationToken).ConfigureAwait(false);
        if (decision.Status is not PairingDecisionStatus.Done)
            return ErrorShape.InvalidRequest(DeviceErrors.UnknownRequest);
        audit.PairingRejected(context.Actor, decision.Request!);
        notices.Resolved(decision.Request!, approved: false);
        return new DevicePairRejectResult { RequestId = parameters.RequestId, DeviceId = decision.Request!.DeviceId };
    }
}
