using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands;

/// <summary>No gateway runs, and no command starts one.</summary>
public sealed class DeadGatewayTests : IDisposable
{
    private readonly CliHome _home = new();
    private readonly int _port;

    public DeadGatewayTests()
    {
        _port = _home.WriteConfig();
    }

    public void Dispose() => _home.Dispose();

    private string Details => $"Gateway target: ws://127.0.0.1:{_port}\nSource: local loopback\nConfig: {_home.ConfigPath}\nBind: loopback\n";

    [Theory]
    [InlineData("Error: ", "health")]
    [InlineData("Error: ", "gateway", "health")]
    [InlineData("Error: ", "agent", "--message", "hi")]
    [InlineData("Gateway call failed: Error: ", "gateway", "call", "health")]
    public async Task Run_NobodyListens_SaysSoAndWhatToDo(string prefix, params string[] args)
    {
        var result = await _home.RunAsync(args);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Out);
        Assert.StartsWith($"{prefix}gateway closed (1006 abnormal closure (no close frame)): no close reason\n{Details}", result.Error, StringComparison.Ordinal);
        Assert.EndsWith($"Hint: No gateway answers there (connect ECONNREFUSED 127.0.0.1:{_port}). To start it: openclaw gateway\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("health")]
    [InlineData("gateway", "call", "status")]
    public async Task Run_AnotherProgramHasThePort_IsSaid(params string[] args)
    {
        await using var other = new FakeApi(404);
        var port = new Uri(other.Address).Port;
        await File.WriteAllTextAsync(_home.ConfigPath, (await File.ReadAllTextAsync(_home.ConfigPath)).Replace($"{_port}", $"{port}", StringComparison.Ordinal));

        var result = await _home.RunAsync(args);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"Hint: No gateway of this instance runs, and another program has port {port} (process {Environment.ProcessId}: ", result.Error, StringComparison.Ordinal);
        Assert.EndsWith(" More: openclaw gateway status\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_NobodyListens_SaysTheSame()
    {
        var result = await OpenClawProcess.RunAsync(_home, "gateway", "health");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: gateway closed (1006 abnormal closure (no close frame)): no close reason\n{Details}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_NobodyListens_FailsWithFollowToo()
    {
        var result = await _home.RunAsync("logs", "--follow");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Gateway not reachable. Is it running and accessible?\n" + Details, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_Json_ErrorIsOneObjectOnStandardError()
    {
        var result = await _home.RunAsync("logs", "--json");

        using var error = JsonDocument.Parse(result.Error);
        Assert.Equal("error", error.RootElement.GetProperty("type").GetString());
        Assert.Equal($"ws://127.0.0.1:{_port}", error.RootElement.GetProperty("details").GetProperty("url").GetString());
    }

    [Fact]
    public async Task Probe_NobodyListens_Fails()
    {
        var result = await _home.RunAsync("gateway", "probe", "--json");

        Assert.Equal(1, result.ExitCode);
        using var report = JsonDocument.Parse(result.Out);
        Assert.False(report.RootElement.GetProperty("ok").GetBoolean());
        Assert.Equal(
            $"connect failed: connect ECONNREFUSED 127.0.0.1:{_port}",
            report.RootElement.GetProperty("targets")[0].GetProperty("connect").GetProperty("error").GetString());
    }

    [Fact]
    public async Task GatewayStatus_NobodyListens_ReportsItAndTheLastErrorLine()
    {
        await File.WriteAllLinesAsync(_home.LogPath,
        [
            """{"0":"{\"subsystem\":\"gateway\"}","1":"disk is full","_meta":{"logLevelName":"ERROR"},"time":"2026-11-21T04:00:00.000Z"}""",
            """{"0":"a command's own output","_meta":{"logLevelName":"ERROR"},"time":"2026-11-21T04:00:01.000Z"}""",
            """{"0":"{\"subsystem\":\"gateway\"}","1":"listening","_meta":{"logLevelName":"INFO"},"time":"2026-11-21T04:00:02.000Z"}""",
        ]);

        var text = await _home.RunAsync("gateway", "status");
        var json = await _home.RunAsync("gateway", "status", "--json");

        Assert.Equal(0, text.ExitCode);
        Assert.Contains($"Probe target: ws://127.0.0.1:{_port}", text.Out, StringComparison.Ordinal);
        Assert.Contains("RPC probe: failed", text.Error, StringComparison.Ordinal);
        Assert.Contains("Last gateway error: 2026-11-21T04:00:00.000Z disk is full", text.Error, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(json.Out);
        Assert.False(report.RootElement.GetProperty("rpc").GetProperty("ok").GetBoolean());
        Assert.Equal("unknown", report.RootElement.GetProperty("service").GetProperty("runtime").GetProperty("status").GetString());
    }

    [Fact]
    public async Task GatewayStatus_AnotherProgramHasThePort_NamesItAndNoOldError()
    {
        await File.WriteAllLinesAsync(_home.LogPath, ["""{"0":"{\"subsystem\":\"gateway\"}","1":"disk is full","_meta":{"logLevelName":"ERROR"},"time":"2026-11-21T04:00:00.000Z"}"""]);
        using var other = new TcpListener(IPAddress.Loopback, _port);
        other.Start();

        var text = await _home.RunAsync("gateway", "status", "--timeout", "200");

        Assert.Equal(0, text.ExitCode);
        Assert.Contains($"Port {_port} is already in use.", text.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Last gateway error", text.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_NobodyListens_IsStillAReport()
    {
        var text = await _home.RunAsync("status");
        var json = await _home.RunAsync("status", "--json");

        Assert.Equal(0, text.ExitCode);
        Assert.Contains("unreachable", text.Out, StringComparison.Ordinal);
        Assert.All(text.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
        using var report = JsonDocument.Parse(json.Out);
        Assert.False(report.RootElement.GetProperty("gateway").GetProperty("reachable").GetBoolean());
    }

    [Fact]
    public async Task Url_WithoutCredentials_IsRefused()
    {
        var result = await _home.RunAsync("gateway", "call", "health", "--url", "ws://127.0.0.1:1");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Gateway call failed: Error: gateway url override requires explicit credentials\nFix: pass --token or --password", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gateway health --timeout abc")]
    [InlineData("gateway call health --timeout -5")]
    [InlineData("status --timeout 0")]
    [InlineData("gateway probe --timeout 1.5")]
    public async Task Timeout_ThatIsNone_IsNamed(string line)
    {
        var result = await _home.RunAsync(line.Split(' '));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("invalid --timeout: " + line.Split(' ')[^1], result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ParamsThatAreNoJson_AreRefusedBeforeConnecting()
    {
        var result = await _home.RunAsync("gateway", "call", "health", "--params", "{bad");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Gateway call failed: SyntaxError: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_BrokenConfig_IsReportedAndTheGatewayLookedForAnyway()
    {
        _home.WriteRawConfig($"{{ \"gateway\": {{ \"port\": {_port}, \"bind\": \"bogus\" }} }}");

        var result = await _home.RunAsync("health");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("gateway.bind: Invalid input", result.Error, StringComparison.Ordinal);
        Assert.Contains($"Gateway target: ws://127.0.0.1:{_port}", result.Error, StringComparison.Ordinal);
    }
}
