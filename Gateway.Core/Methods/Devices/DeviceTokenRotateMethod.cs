using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Devices;

namespace OpenClaw.Gateway.Core.Methods.Devices;

/// <summary><c>device.token.rotate</c>: the old token is dead, and so are the connections it or its device opened.</summary>
internal sealed class DeviceTokenRotateMethod(DeviceTokens tokens, DeviceConnections connections, Audit audit)
    : GatewayMethod<DeviceTokenRotateParams, DeviceTokenRotateResult>(GatewayMethods.DeviceTokenRotate)
{
    protected override async ValueTask<MethodResult<DeviceTokenRotateResult>> RunAsync(
        DeviceTokenRotateParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var (deviceId, role) = (parameters.DeviceId, parameters.Role);
        var change = await tokens.RotateAsync(deviceId, role, parameters.Scopes, GrantAuthority.Of(context.Caller), cancellationToken).ConfigureAwait(false);
        switch (change.Status)
        {
            case TokenChangeStatus.Done:
                var token = change.Token!;
                audit.TokenRotated(context.Actor, deviceId, token, DeviceTokenEnd.CloseConnections(connections, context, deviceId, role));
                return DeviceViews.Rotated(deviceId, token);
            case TokenChangeStatus.Denied:
                audit.TokenChangeDenied(context.Actor, deviceId, role);
                return ErrorShape.InvalidRequest(DeviceErrors.RotationDenied);
            default:
                return ErrorShape.InvalidRequest(DeviceErrors.UnknownDeviceOrRole);
        }
    }
}
