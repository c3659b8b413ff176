using System.Net;
using System.Net.Sockets;

namespace OpenClaw.Cli.Tests.Support;

/// <summary>Ports nobody listens on. The gateway takes no port 0, because clients have to find it.</summary>
public static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
