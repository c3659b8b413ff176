using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands;

/// <summary>When the gateway does not start, and what it says then. Nothing is written.</summary>
public sealed class GatewayStartTests : IDisposable
{
    private readonly CliHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("gateway", "Missing config. Run `openclaw setup` or set gateway.mode=local (or pass --allow-unconfigured).")]
    [InlineData("gateway run", "Missing config. Run `openclaw setup` or set gateway.mode=local (or pass --allow-unconfigured).")]
    [InlineData("gateway --allow-unconfigured", "Gateway auth is set to token, but no token is configured.\nSet gateway.auth.token (or OPENCLAW_GATEWAY_TOKEN), or pass --token.")]
    [InlineData("gateway run --allow-unconfigured", "Gateway auth is set to token, but no token is configured.\nSet gateway.auth.token (or OPENCLAW_GATEWAY_TOKEN), or pass --token.")]
    [InlineData("gateway --allow-unconfigured --auth password", "Gateway auth is set to password, but no password is configured.\nSet gateway.auth.password (or OPENCLAW_GATEWAY_PASSWORD), or pass --password.")]
    [InlineData("gateway --port abc", "Invalid port")]
    [InlineData("gateway --port 0", "Invalid port")]
    [InlineData("gateway --auth foo", "Invalid --auth (use \"token\" or \"password\")")]
    [InlineData("gateway --bind foo", "Invalid --bind (use \"loopback\", \"lan\", \"tailnet\", \"auto\", or \"custom\")")]
    [InlineData("gateway --tailscale foo", "Invalid --tailscale (use \"off\", \"serve\", or \"funnel\")")]
    [InlineData("gateway --ws-log foo", "Invalid --ws-log (use \"auto\", \"full\", \"compact\")")]
    public async Task Run_CannotStart_SaysWhatToChange(string line, string message)
    {
        var result = await _home.RunAsync(line.Split(' '));

        Assert.Equal(1, result.ExitCode);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ", result.Error);
        Assert.Equal(message + "\n", result.Error[(result.Error.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        Assert.False(Directory.Exists(_home.State));
    }

    [Fact]
    public async Task Run_ModeUnset_NamesTheKey()
    {
        _home.WriteRawConfig("{ gateway: { auth: { token: 'x' } } }");

        var result = await _home.RunAsync("gateway");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith(" Gateway start blocked: set gateway.mode=local (current: unset) or pass --allow-unconfigured.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BrokenConfig_NamesFileLineKeyExpectedAndFound()
    {
        _home.WriteRawConfig("{\n  \"gateway\": {\n    \"mode\": \"local\",\n    \"port\": \"eighty\"\n  }\n}\n");

        var result = await OpenClawProcess.RunAsync(_home, "gateway", "--token", "x");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("openclaw.json:4:", result.Error, StringComparison.Ordinal);
        Assert.Contains("gateway.port: Invalid input: expected number, received string", result.Error, StringComparison.Ordinal);
        Assert.Contains("\"eighty\"", result.Error, StringComparison.Ordinal);
        Assert.Equal(["openclaw.json"], Directory.EnumerateFileSystemEntries(_home.State).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Run_ConfigThatIsNoJson_NamesTheLine()
    {
        _home.WriteRawConfig("{\n  \"gateway\": {\n    \"mode\" \"local\"\n  }\n}\n");

        var result = await _home.RunAsync("gateway");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("openclaw.json:3:", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PortOfAnother_SaysWhoseItIs_AndNothingElse()
    {
        var port = _home.WriteConfig();
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
        other.Start();

        var result = await OpenClawProcess.RunAsync(_home, "gateway");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"Gateway failed to start: another gateway instance is already listening on ws://127.0.0.1:{port}", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Out + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", result.Out + result.Error, StringComparison.Ordinal);
    }
}
