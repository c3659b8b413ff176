using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Presence;

/// <summary>The gateway's own facts: version, host, address.</summary>
/// <param name="Version">Version text.</param>
/// <param name="Commit">Source revision, when known.</param>
internal sealed record GatewaySelf(string Version, string? Commit)
{
    private readonly Lazy<string?> _address = new(FindAddress);

    /// <summary>Host name of this machine.</summary>
    public string Host { get; } = Environment.MachineName;

    /// <summary>The gateway's presence row.</summary>
    public PresenceEntry Entry(long now)
    {
        var ip = _address.Value ?? Host;
        return new PresenceEntry
        {
            Host = Host,
            Ip = ip,
            Version = Version,
            Platform = Platform,
            DeviceFamily = OperatingSystem.IsMacOS() ? "Mac" : OperatingSystem.IsWindows() ? "Windows" : "Linux",
            ModelIdentifier = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
            Mode = "gateway",
            Reason = "self",
            Text = $"Gateway: {Host} ({ip}) · app {Version} · mode gateway · reason self",
            Ts = now,
        };
    }

    private static string Platform { get; } =
        (OperatingSystem.IsMacOS() ? "macos " : OperatingSystem.IsWindows() ? "windows " : "linux ") + Environment.OSVersion.Version;

    private static string? FindAddress()
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces()
                .Where(nic => nic.OperationalStatus is OperationalStatus.Up && nic.NetworkInterfaceType is not NetworkInterfaceType.Loopback)
                .OrderBy(nic => nic.Name is "en0" or "eth0" ? 0 : 1)
                .SelectMany(nic => nic.GetIPProperties().UnicastAddresses)
                .FirstOrDefault(address => address.Address.AddressFamily is AddressFamily.InterNetwork)?.Address.ToString();
        }
        catch (NetworkInformationException)
        {
            return null;
        }
    }
}
