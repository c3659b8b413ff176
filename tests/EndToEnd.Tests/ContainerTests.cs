using System.Globalization;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests;

/// <summary>The programs as a container platform runs them: a port in a variable, no configuration yet, health asked for by a program.</summary>
public sealed class ContainerTests : IDisposable
{
    private readonly TempDirectory _home = new();

    [Theory]
    [InlineData("OpenClaw.Gateway.Core", "--allow-unconfigured", "Now listening on")]
    [InlineData("OpenClaw.Gateway.Edge", "", "Now listening on")]
    [InlineData("openclaw", "gateway --allow-unconfigured", "listening on ws")]
    public async Task Program_ListensOnPort_AndIsProbed(string name, string arguments, string readyText)
    {
        var port = PublishedProgram.FreePort();
        await using var program = new PublishedProgram(name, _home.Path);
        await program.StartAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), new Dictionary<string, string>
        {
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["DOTNET_RUNNING_IN_CONTAINER"] = "true",
            ["OPENCLAW_GATEWAY_TOKEN"] = IRunningGateway.Token,
            ["services__core__http__0"] = "http://127.0.0.1:1",
            // What .NET's images set, and Aspire's deployments.
            ["ASPNETCORE_HTTP_PORTS"] = "8080",
            ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
        }, readyText);
        using var http = new HttpClient();

        Assert.Equal("""{"live":true}""", await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/healthz")));
        await ProbedAsync(port, 0);
        await program.KillAsync();
        await ProbedAsync(port, 1);
    }

    public void Dispose() => _home.Dispose();

    /// <summary>Asks until the answer is the expected one, as a supervisor does: on a busy machine one probe can be too late.</summary>
    private async Task ProbedAsync(int port, int expected)
    {
        await using var probe = new PublishedProgram("OpenClaw.Gateway.Edge", _home.Path);
        using var stop = new CancellationTokenSource(TestTimeouts.Wait);
        while (await probe.RunAsync(["--probe", $"http://127.0.0.1:{port}/healthz"]) is var code && code != expected)
            Assert.False(stop.IsCancellationRequested, $"The probe said {code}.");
    }
}
