using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Dispatch;

namespace OpenClaw.Gateway.Core.Methods.Devices;

/// <summary>What the end of a token means for open connections.</summary>
internal static class DeviceTokenEnd
{
    /// <summary>Closes the device's connections in the role: the caller's own only after its answer, the others now.</summary>
    public static int CloseConnections(DeviceConnections connections, MethodContext context, string deviceId, string role)
    {
        var closed = connections.Close(deviceId, role, except: context.ConnectionId);
        if (context.Caller.DeviceId != deviceId || context.Caller.Role != role)
            return closed;
        context.AfterReply = connection => DeviceConnections.Close(connection);
        return closed + 1;
    }
}
