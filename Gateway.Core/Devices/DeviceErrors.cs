namespace OpenClaw.Gateway.Core.Devices;

/// <summary>Refusals of the device methods; wire texts of the peer and of its later versions.</summary>
internal static class DeviceErrors
{
    public const string UnknownRequest = "unknown requestId";

    public const string UnknownDeviceOrRole = "unknown deviceId/role";

    public const string RotationDenied = "device token rotation denied";

    public const string RevocationDenied = "device token revocation denied";
}
