using System.Text.Json;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands;

/// <summary>Commands against a real gateway process.</summary>
[Collection(nameof(RunningGatewayCollection))]
public sealed class RunningGatewayTests(RunningGateway gateway)
{
    private CliHome Home => gateway.Home;

    [Fact]
    public async Task GatewayHealth_SaysOk()
    {
        var result = await OpenClawProcess.RunAsync(Home, "gateway", "health");

        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^Gateway Health\nOK \(\d+ms\)\n", result.Out);
    }

    [Fact]
    public async Task GatewayHealth_Json_IsTheGatewaysAnswerIndentedByTwo()
    {
        var result = await Home.RunAsync("gateway", "health", "--json");

        Assert.StartsWith("{\n  \"ok\": true,\n  \"ts\": ", result.Out, StringComparison.Ordinal);
        using var health = JsonDocument.Parse(result.Out);
        Assert.Equal("main", health.RootElement.GetProperty("defaultAgentId").GetString());
    }

    [Fact]
    public async Task Health_ListsAgentsHeartbeatsAndStores()
    {
        var result = await Home.RunAsync("health", "--verbose");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"  Gateway target: ws://127.0.0.1:{gateway.Port}\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("Agents: main (default)\nHeartbeat interval: disabled (main)\nSession store (main): ", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_ShowsTheGatewayOnEightyColumns()
    {
        var result = await Home.RunAsync("status", "--deep", "--timeout", "60000");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("reachable", result.Out, StringComparison.Ordinal);
        Assert.Contains("\nSessions\n", result.Out, StringComparison.Ordinal);
        Assert.All(result.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task Status_Json_HasTheKeysThatScriptsRead()
    {
        var result = await Home.RunAsync("status", "--json", "--timeout", "60000");

        using var status = JsonDocument.Parse(result.Out);
        var root = status.RootElement;
        Assert.True(root.GetProperty("gateway").GetProperty("reachable").GetBoolean());
        Assert.Equal("local loopback", root.GetProperty("gateway").GetProperty("urlSource").GetString());
        Assert.Equal(JsonValueKind.Object, root.GetProperty("sessions").ValueKind);
        Assert.Equal(JsonValueKind.Object, root.GetProperty("heartbeat").ValueKind);
        Assert.Equal("main", root.GetProperty("agents").GetProperty("defaultId").GetString());
    }

    [Fact]
    public async Task GatewayStatus_ProbesTheRpc()
    {
        var text = await Home.RunAsync("gateway", "status");
        var json = await Home.RunAsync("gateway", "status", "--json");
        var quiet = await Home.RunAsync("gateway", "status", "--no-probe", "--json");

        Assert.Contains("RPC probe: ok", text.Out, StringComparison.Ordinal);
        Assert.Contains($"Dashboard: http://127.0.0.1:{gateway.Port}/", text.Out, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(json.Out);
        Assert.True(report.RootElement.GetProperty("rpc").GetProperty("ok").GetBoolean());
        Assert.Equal(Home.ConfigPath, report.RootElement.GetProperty("config").GetProperty("cli").GetProperty("path").GetString());
        using var unprobed = JsonDocument.Parse(quiet.Out);
        Assert.False(unprobed.RootElement.TryGetProperty("rpc", out _));
    }

    [Fact]
    public async Task Probe_ReachesIt()
    {
        var text = await Home.RunAsync("gateway", "probe");
        var json = await Home.RunAsync("gateway", "probe", "--json");

        Assert.Equal(0, text.ExitCode);
        Assert.Contains("Reachable: yes", text.Out, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(json.Out);
        Assert.Equal("localLoopback", report.RootElement.GetProperty("primaryTargetId").GetString());
        Assert.DoesNotContain("test-token", json.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_AnyMethod_PrintsItsAnswer()
    {
        var named = await Home.RunAsync("gateway", "call", "system-presence");
        var json = await Home.RunAsync("gateway", "call", "system-presence", "--json");

        Assert.StartsWith("Gateway call: system-presence\n[\n", named.Out, StringComparison.Ordinal);
        using var rows = JsonDocument.Parse(json.Out);
        Assert.Equal(JsonValueKind.Array, rows.RootElement.ValueKind);
    }

    [Theory]
    [InlineData("nope", "{}", "Gateway call failed: Error: unknown method: nope\n")]
    [InlineData("sessions.list", """{"bogus":1}""", "Gateway call failed: Error: invalid sessions.list params: at root: unexpected property 'bogus'\n")]
    public async Task Call_Refused_PrintsTheGatewaysWords(string method, string parameters, string error)
    {
        var result = await Home.RunAsync("gateway", "call", method, "--params", parameters);

        Assert.Equal(new CommandResult(1, "", error), result);
    }

    [Fact]
    public async Task Call_WrongToken_NamesTheKeys()
    {
        var result = await Home.RunAsync("gateway", "call", "health", "--url", $"ws://127.0.0.1:{gateway.Port}", "--token", "wrong");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("gateway connect failed: Error: unauthorized: gateway token mismatch (", result.Error, StringComparison.Ordinal);
        Assert.Contains("Gateway call failed: Error: gateway closed (1008): unauthorized: gateway token mismatch", result.Error, StringComparison.Ordinal);
        Assert.Contains("Source: cli --url", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_UrlWithToken_Works()
    {
        var behind = await Home.RunAsync("gateway", "call", "health", "--json", "--url", $"ws://127.0.0.1:{gateway.Port}", "--token", "test-token");
        var before = await Home.RunAsync("gateway", "--token", "test-token", "health", "--url", $"http://127.0.0.1:{gateway.Port}");

        Assert.Equal((0, ""), (behind.ExitCode, behind.Error));
        Assert.Equal((0, ""), (before.ExitCode, before.Error));
    }

    [Fact]
    public async Task Agent_WithoutASelector_AnswersInTheMainSession()
    {
        var text = await OpenClawProcess.RunAsync(Home, "agent", "--message", "hello from the test");
        var json = await Home.RunAsync("agent", "-m", "and again", "--json", "--agent", "main");

        Assert.Equal("", text.Error);
        Assert.Equal(0, text.ExitCode);
        Assert.Contains("hello from the test", text.Out, StringComparison.Ordinal);
        using var final = JsonDocument.Parse(json.Out);
        Assert.Equal("ok", final.RootElement.GetProperty("status").GetString());
        Assert.Contains("and again", final.RootElement.GetProperty("result").GetProperty("payloads")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_UnknownAgent_IsNamed()
    {
        var result = await Home.RunAsync("agent", "--agent", "nope", "--message", "hi");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("\"nope\"", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--timeout", "abc")]
    [InlineData("--timeout", "-1")]
    public async Task Agent_WrongTimeout_IsNamed(string option, string value)
    {
        var result = await Home.RunAsync("agent", "--message", "hi", option, value);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("invalid --timeout", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_PrintsTheFileAndItsLastLines()
    {
        var text = await Home.RunAsync("logs", "--limit", "1000");
        var json = await Home.RunAsync("logs", "--limit", "3", "--json");

        Assert.StartsWith($"Log file: {Home.LogPath}\n", text.Out, StringComparison.Ordinal);
        Assert.Contains($" info gateway listening on ws://127.0.0.1:{gateway.Port}", text.Out, StringComparison.Ordinal);
        var lines = json.Out.TrimEnd('\n').Split('\n');
        Assert.Contains("\"type\":\"meta\"", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.StartsWith("{\"type\":\"log\",\"time\":\"", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--limit", "0")]
    [InlineData("--limit", "x")]
    [InlineData("--interval", "-1")]
    public async Task Logs_WrongNumber_IsRefused(string option, string value) =>
        Assert.Equal(1, (await Home.RunAsync("logs", option, value)).ExitCode);
}
