using System.Net;
using System.Net.Sockets;

namespace OpenClaw.AppHost.Tests;

/// <summary>A start that cannot work ends at once, with a sentence that says why.</summary>
public sealed class StartRefusalTests
{
    [Fact]
    public async Task PortThatIsTaken_IsNamed()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;

        var (code, output) = await AppHostProgram.RunAsync("--ConnectionStrings:redis=127.0.0.1:1", $"--Parameters:port={port}");

        Assert.NotEqual(0, code);
        Assert.Contains($"Port {port} is taken", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongSetting_IsNamed()
    {
        var (code, output) = await AppHostProgram.RunAsync("--Parameters:cores=abc");

        Assert.NotEqual(0, code);
        Assert.Contains("Parameters:cores is 'abc'; allowed are 1 to 32.", output, StringComparison.Ordinal);
    }
}
