using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Devices;

namespace OpenClaw.Gateway.Core.Methods.Devices;

/// <summary><c>device.pair.approve</c>: a person lets a device in, or lets it do more.</summary>
internal sealed class DevicePairApproveMethod(PairingRequests requests, PairingNotices notices, Audit audit)
    : GatewayMethod<DevicePairDecisionParams, DevicePairApproveResult>(GatewayMethods.DevicePairApprove)
{
    protected override async ValueTask<MethodResult<DevicePairApproveResult>> RunAsync(
        DevicePairDecisionParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var decision = await requests.ApproveAsync(parameters.RequestId, GrantAuthority.Of(context.Caller), cancellationToken).ConfigureAwait(false);
        switch (decision.Status)
        {
            case PairingDecisionStatus.Done:
                audit.PairingApproved(context.Actor, decision.Request!);
                notices.Resolved(decision.Request!, approved: true);
                return new DevicePairApproveResult { RequestId = parameters.RequestId, Device = DeviceViews.Device(decision.Device!) };
            case PairingDecisionStatus.Denied:
                audit.PairingDenied(context.Actor, decision.Request!, decision.MissingScope!);
                return MethodAuthorization.Missing(context.Caller, decision.MissingScope!);
            default:
                return ErrorShape.InvalidRequest(DeviceErrors.UnknownRequest);
        }
    }
}
