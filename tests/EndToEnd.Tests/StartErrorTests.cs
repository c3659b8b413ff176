using System.Net;
using System.Net.Sockets;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests;

/// <summary>A service that cannot start because of what it was given says so in one line, and ends with the documented code.</summary>
public sealed class StartErrorTests : IDisposable
{
    private const int StartFailed = 1;

    private readonly TempDirectory _home = new();

    [Theory]
    [InlineData("OpenClaw.Gateway.Edge", "ConnectionStrings__redis", "a:1,b:2", "does not name exactly one host:port")]
    [InlineData("OpenClaw.Gateway.Edge", "ConnectionStrings__redis", "127.0.0.1:1,nonsense=1", "is not of the form host:port")]
    [InlineData("OpenClaw.Gateway.Core", "ConnectionStrings__redis", "a:1,b:2", "does not name exactly one host:port")]
    [InlineData("OpenClaw.Gateway.Edge", "services__core__http__0", "core", "services__core__http__0 is 'core'")]
    [InlineData("OpenClaw.Gateway.Edge", "services__core__http__0", "", "needs the address of at least one core")]
    [InlineData("OpenClaw.Gateway.Edge", "PORT", "http", "PORT is 'http'; allowed are 1 to 65535.")]
    [InlineData("OpenClaw.Gateway.Core", "OPENCLAW_SERVICE_SECRET", "short", "OPENCLAW_SERVICE_SECRET has 5 characters; at least 32 are needed.")]
    [InlineData("OpenClaw.Gateway.Edge", "Edge__Tls__Enabled", "yes", "Edge__Tls__Enabled is 'yes'; allowed are true and false.")]
    [InlineData("OpenClaw.Gateway.Edge", "ASPNETCORE_URLS", "nonsense", "nonsense")]
    public Task WrongVariable_IsOneLine(string program, string variable, string value, string expected) => RefusesAsync(program, variable, value, expected);

    [Theory]
    [InlineData("OpenClaw.Gateway.Edge")]
    [InlineData("OpenClaw.Gateway.Core")]
    public async Task PortThatIsTaken_IsOneLine(string program)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        await RefusesAsync(program, "ASPNETCORE_URLS", $"http://{other.LocalEndpoint}", "address already in use");
    }

    public void Dispose() => _home.Dispose();

    private async Task RefusesAsync(string name, string variable, string value, string expected)
    {
        await using var program = new PublishedProgram(name, _home.Path);
        var variables = new Dictionary<string, string>
        {
            ["services__core__http__0"] = "http://127.0.0.1:1",
            ["OPENCLAW_GATEWAY_TOKEN"] = IRunningGateway.Token,
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        };
        if (variable == "PORT")
            variables.Remove("ASPNETCORE_URLS");
        variables[variable] = value;

        var code = await program.RunAsync(["--allow-unconfigured"], variables);

        Assert.Equal(StartFailed, code);
        Assert.Contains(expected, Assert.Single(program.LinesWith("does not start").Split('\n')), StringComparison.Ordinal);
        Assert.Equal("", program.LinesWith("   at "));
    }
}
