using System.Text.Json;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Services;

/// <summary><c>gateway status</c> on a machine with a service and no gateway that answers.</summary>
public sealed class GatewayStatusTests : IDisposable
{
    private const string Unit = "openclaw-gateway.service";

    // Two that nobody is given who asks for a free one, so that nobody begins to listen there during a test.
    private const int OwnPort = 3;
    private const int ServicePort = 2;

    private readonly CliHome _home = new();
    private readonly ServiceTools _tools;

    public GatewayStatusTests()
    {
        _tools = new ServiceTools(_home).WithSystemd();
        var port = _home.WriteConfig();
        File.WriteAllText(_home.ConfigPath, File.ReadAllText(_home.ConfigPath).Replace($"{port}", $"{OwnPort}", StringComparison.Ordinal));
    }

    private string Units => Path.Combine(_home.Path, ".config", "systemd", "user");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Run_ServiceOnAnotherPort_TellsServiceAndGatewayApart()
    {
        await _home.RunAsync("gateway", "install", "--port", $"{ServicePort}");
        await File.WriteAllTextAsync(_home.LogPath, """{"0":"{\"subsystem\":\"gateway\"}","1":"disk is full","_meta":{"logLevelName":"ERROR"},"time":"2026-11-21T04:00:00.000Z"}""" + "\n");

        var text = await _home.RunAsync("gateway", "status");

        Assert.Equal(0, text.ExitCode);
        Assert.StartsWith($"""
            Service: systemd (enabled)
            File logs: {_home.LogPath}
            Command: {_home.Host.ProgramPath} gateway --port {ServicePort}
            Service file: $OPENCLAW_HOME/.config/systemd/user/{Unit}
            Service env: OPENCLAW_GATEWAY_PORT={ServicePort}

            Config (cli): $OPENCLAW_HOME/.openclaw/openclaw.json
            Config (service): $OPENCLAW_HOME/.openclaw/openclaw.json

            Gateway: bind=loopback (127.0.0.1), port={ServicePort} (service args)
            Probe target: ws://127.0.0.1:{ServicePort}
            Dashboard: http://127.0.0.1:{ServicePort}/
            Probe note: Loopback-only gateway; only local clients can connect.

            Runtime: running (pid 4242, state active, sub running, last exit 0, reason 0)
            Warm-up: 
            """.TrimEnd(), text.Out, StringComparison.Ordinal);
        Assert.Contains($"Note: CLI config resolves gateway port={OwnPort} (free).\n", text.Out, StringComparison.Ordinal);
        Assert.Contains($"RPC probe: failed\nRPC target: ws://127.0.0.1:{ServicePort}\n  gateway closed (1006", text.Error, StringComparison.Ordinal);
        Assert.EndsWith($"Gateway port {ServicePort} is not listening (service appears running).\nLast gateway error: 2026-11-21T04:00:00.000Z disk is full\n"
            + $"Logs: journalctl --user -u {Unit} -n 200 --no-pager\n", text.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Service config", text.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Json_HasTheShapeThatScriptsKnow()
    {
        await _home.RunAsync("gateway", "install", "--port", $"{ServicePort}");
        await File.WriteAllTextAsync(Path.Combine(Units, "clawdbot-gateway.service"), "[Service]\nExecStart=/usr/bin/clawdbot gateway\n");
        await File.WriteAllTextAsync(Path.Combine(Units, "openclaw-gateway-rescue.service"), "[Service]\nExecStart=/usr/bin/openclaw gateway --port 19300\n");

        var result = await _home.RunAsync("gateway", "status", "--json");

        using var document = JsonDocument.Parse(result.Out);
        var root = document.RootElement;
        Assert.Equal(["service", "config", "gateway", "port", "portCli", "rpc", "extraServices"], root.EnumerateObject().Select(static member => member.Name));
        var service = root.GetProperty("service");
        Assert.Equal(["label", "loaded", "loadedText", "notLoadedText", "command", "runtime", "configAudit"], service.EnumerateObject().Select(static member => member.Name));
        Assert.Equal([_home.Host.ProgramPath, "gateway", "--port", $"{ServicePort}"], service.GetProperty("command").GetProperty("programArguments").EnumerateArray().Select(static item => item.GetString()));
        Assert.Equal($"{ServicePort}", service.GetProperty("command").GetProperty("environment").GetProperty("OPENCLAW_GATEWAY_PORT").GetString());
        Assert.Equal(("running", 4242), (service.GetProperty("runtime").GetProperty("status").GetString(), service.GetProperty("runtime").GetProperty("pid").GetInt32()));
        Assert.True(service.GetProperty("configAudit").GetProperty("ok").GetBoolean());
        Assert.Equal("service args", root.GetProperty("gateway").GetProperty("portSource").GetString());
        Assert.Equal("free", root.GetProperty("port").GetProperty("status").GetString());
        Assert.False(root.GetProperty("rpc").GetProperty("ok").GetBoolean());
        var other = Assert.Single(root.GetProperty("extraServices").EnumerateArray());
        Assert.Equal("""{"platform":"linux","label":"clawdbot-gateway.service","detail":"unit: UNITS/clawdbot-gateway.service","scope":"user","marker":"clawdbot","legacy":true}""".Replace("UNITS", Units, StringComparison.Ordinal),
            JsonSerializer.Serialize(other));
    }

    [Fact]
    public async Task Run_Stopped_SaysWhereToLook()
    {
        await _home.RunAsync("gateway", "install");
        _tools.SetActive(Unit, false);

        var result = await _home.RunAsync("gateway", "status", "--no-probe");

        Assert.Contains("Runtime: stopped (state inactive, sub dead, last exit 1, reason 1)", result.Out, StringComparison.Ordinal);
        Assert.Contains($"Service is loaded but not running (likely exited immediately).\nFile logs: {_home.LogPath}\nLogs: journalctl --user -u {Unit} -n 200 --no-pager\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ServiceOfAnotherState_IsAMismatch()
    {
        _home.Variables["OPENCLAW_STATE_DIR"] = Path.Combine(_home.Path, "elsewhere");
        await _home.RunAsync("gateway", "install", "--port", $"{ServicePort}");
        _home.Variables.Remove("OPENCLAW_STATE_DIR");

        var text = await _home.RunAsync("gateway", "status", "--no-probe");
        var json = await _home.RunAsync("gateway", "status", "--no-probe", "--json");

        Assert.Contains("Config (service): $OPENCLAW_HOME/elsewhere/openclaw.json (missing)\n", text.Out, StringComparison.Ordinal);
        Assert.Contains("Root cause: CLI and service are using different config paths (likely a profile/state-dir mismatch).\n", text.Error, StringComparison.Ordinal);
        Assert.Contains("\"mismatch\": true", json.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnitOfTheNodeGateway_IsReadAndLookedOver()
    {
        Directory.CreateDirectory(Units);
        await File.WriteAllTextAsync(Path.Combine(Units, Unit), $"""
            [Unit]
            Description=OpenClaw Gateway (v2026.2.9)
            [Service]
            ExecStart="/usr/bin/node" "/opt/my s/dist/index.js" gateway --port {OwnPort}
            Environment="OPENCLAW_GATEWAY_TOKEN=cli%%tok" 'OPENCLAW_STATE_DIR=%h/.openclaw'
            Environment=OPENCLAW_SERVICE_MARKER=openclaw

            """);

        var text = await _home.RunAsync("gateway", "status", "--no-probe");

        Assert.Contains($"Command: /usr/bin/node /opt/my s/dist/index.js gateway --port {OwnPort}\n", text.Out, StringComparison.Ordinal);
        Assert.Contains($"Service env: OPENCLAW_STATE_DIR={_home.Path}/.openclaw\n", text.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("cli%tok", text.Out + text.Error, StringComparison.Ordinal);
        foreach (var issue in (string[])["has no PATH", "After=network-online.target", "Wants=network-online.target", "RestartSec=5"])
            Assert.Contains(issue, text.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Deep_LooksAtTheDirectoriesOfTheSystem()
    {
        Directory.CreateDirectory(_home.Host.PackageUnits[0]);
        await File.WriteAllTextAsync(Path.Combine(_home.Host.PackageUnits[0], "moltbot.service"), "[Service]\nExecStart=/usr/bin/moltbot gateway\n");

        var shallow = await _home.RunAsync("gateway", "status", "--no-probe");
        var deep = await _home.RunAsync("gateway", "status", "--no-probe", "--deep");

        Assert.DoesNotContain("moltbot", shallow.Error, StringComparison.Ordinal);
        Assert.Contains("- moltbot.service (system, unit: ", deep.Error, StringComparison.Ordinal);
        Assert.Contains("Cleanup hint: sudo systemctl disable --now moltbot.service\n", deep.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PortOfSomebodyElse_IsNamed()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        _home.Variables["OPENCLAW_GATEWAY_PORT"] = $"{port}";

        // It accepts connections and says nothing.
        var result = await _home.RunAsync("gateway", "status", "--json", "--timeout", "50");

        using var document = JsonDocument.Parse(result.Out);
        Assert.Equal("busy", document.RootElement.GetProperty("port").GetProperty("status").GetString());
        var owner = Assert.Single(document.RootElement.GetProperty("port").GetProperty("listeners").EnumerateArray());
        Assert.Equal(Environment.ProcessId, owner.GetProperty("pid").GetInt32());
        Assert.Equal($"127.0.0.1:{port}", owner.GetProperty("address").GetString());
    }
}
