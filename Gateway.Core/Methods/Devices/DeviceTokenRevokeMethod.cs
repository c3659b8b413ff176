using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Devices;

namespace OpenClaw.Gateway.Core.Methods.Devices;

/// <summary><c>device.token.revoke</c>: the token opens nothing any more, and the device's connections in that role end.</summary>
internal sealed class DeviceTokenRevokeMethod(DeviceTokens tokens, DeviceConnections connections, Audit audit)
    : GatewayMethod<DeviceTokenRevokeParams, DeviceTokenRevokeResult>(GatewayMethods.DeviceTokenRevoke)
{
    protected override async ValueTask<MethodResult<DeviceTokenRevokeResult>> RunAsync(
        DeviceTokenRevokeParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var (deviceId, role) = (parameters.DeviceId, parameters.Role);
        var change = await tokens.RevokeAsync(deviceId, role, GrantAuthority.Of(context.Caller), cancellationToken).ConfigureAwait(false);
        switch (change.Status)
        {
            case TokenChangeStatus.Done:
                audit.TokenRevoked(context.Actor, deviceId, role, DeviceTokenEnd.CloseConnections(connections, context, deviceId, role));
                return DeviceViews.Revoked(deviceId, change.Token!);
            case TokenChangeStatus.Denied:
                audit.TokenChangeDenied(context.Actor, deviceId, role);
                return ErrorShape.InvalidRequest(DeviceErrors.RevocationDenied);
            default:
                return ErrorShape.InvalidRequest(DeviceErrors.UnknownDeviceOrRole);
        }
    }
}
