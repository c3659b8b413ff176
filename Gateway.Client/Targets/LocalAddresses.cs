using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace OpenClaw.Gateway.Client.Targets;

/// <summary>IPv4 addresses under which a gateway on this machine is reachable from others.</summary>
/// <param name="Lan">Of the first of the interfaces en0 and eth0 that has one, else of any that is no loopback.</param>
/// <param name="Tailnet">The first in 100.64.0.0/10.</param>
public sealed record LocalAddresses(string? Lan, string? Tailnet)
{
    /// <summary>Asks the system.</summary>
    public static LocalAddresses Read()
    {
        string? preferred = null, any = null, tailnet = null;
        foreach (var adapter in NetworkInterface.GetAllNetworkInterfaces())
        {
            if (adapter.NetworkInterfaceType is NetworkInterfaceType.Loopback || adapter.OperationalStatus is OperationalStatus.Down)
                continue;
            foreach (var entry in adapter.GetIPProperties().UnicastAddresses)
            {
                if (entry.Address.AddressFamily is not AddressFamily.InterNetwork || IPAddress.IsLoopback(entry.Address))
                    continue;
                var address = entry.Address.ToString();
                any ??= address;
                if (IsTailnet(entry.Address))
                    tailnet ??= address;
                // en0 is looked for before eth0; no system has both.
                if (adapter.Name is "en0" or "eth0")
                    preferred ??= address;
            }
        }
        return new LocalAddresses(preferred ?? any, tailnet);
    }

    /// <summary>Whether an IPv4 address is in 100.64.0.0/10, the range that Tailscale uses.</summary>
    internal static bool IsTailnet(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        return address.TryWriteBytes(bytes, out var written) && written == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    }
}
