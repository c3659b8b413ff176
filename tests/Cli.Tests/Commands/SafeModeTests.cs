using System.Text.Json;
using OpenClaw.Cli.Services;
using OpenClaw.Cli.Tests.Support;
using OpenClaw.Fakes.Telegram;
using OpenClaw.Gateway.Core.Services;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Commands;

/// <summary>A gateway process that is killed again and again.</summary>
public sealed class SafeModeTests : IAsyncLifetime
{
    private const int SigKill = 9;

    private readonly CliHome _home = new();
    private FakeBotServer _server = null!;
    private FakeBot _bot = null!;
    private OpenClawProcess? _gateway;

    private string Starts => Path.Combine(_home.State, "gateway-starts.json");

    public async Task InitializeAsync()
    {
        _server = await FakeBotServer.StartAsync();
        _bot = _server.AddBot();
        // Commands look for the lock where the process puts it.
        _home.UserId = ProcessInputs.Read().UserId ?? 0;
        _home.Host = _home.Host with { Platform = ServicePlatform.Unknown };
    }

    public async Task DisposeAsync()
    {
        if (_gateway is not null)
            await _gateway.DisposeAsync();
        await _server.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public async Task Run_KilledThreeTimes_HoldsItsChannelsUntilSomebodyRestartsIt()
    {
        var port = _home.WriteConfig(more: $$"""  "channels": { "telegram": { "botToken": "{{_bot.Token}}", "apiRoot": "{{_server.Address}}" } }""");
        for (var crash = 0; crash < 3; crash++)
        {
            _gateway = OpenClawProcess.Start(_home, "gateway");
            await _gateway.WaitForAsync($"listening on ws://127.0.0.1:{port}");
            _gateway.Signal(SigKill);
            await _gateway.WaitForExitAsync();
        }

        _gateway = OpenClawProcess.Start(_home, "gateway");
        await _gateway.WaitForAsync("Safe mode: the gateway ended 3 times within 5 minutes without stopping in order");
        await _gateway.WaitForAsync($"listening on ws://127.0.0.1:{port}");
        await TestTimeouts.Until(async () => (await ChannelsAsync()).Contains("safe mode: the gateway ended 3 times", StringComparison.Ordinal), "the channel to be held");
        var calls = _bot.Polling;
        var status = await _home.RunAsync("gateway", "status", "--timeout", "60000");
        var health = await _home.RunAsync("gateway", "health", "--timeout", "60000");
        var all = await _home.RunAsync("status", "--json", "--timeout", "60000");
        var answer = await _home.RunAsync("agent", "--message", "still there?");

        Assert.Equal(0, calls);
        Assert.Contains("Safe mode: the gateway ended 3 times", status.Error, StringComparison.Ordinal);
        Assert.Contains("DEGRADED", health.Out, StringComparison.Ordinal);
        Assert.Contains("- Safe mode: the gateway ended 3 times", health.Out, StringComparison.Ordinal);
        using (var document = JsonDocument.Parse(all.Out))
            Assert.Contains("openclaw gateway restart", document.RootElement.GetProperty("safeMode").GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("still there?", answer.Out, StringComparison.Ordinal);

        var restarted = await _home.RunAsync("gateway", "restart");

        Assert.Equal((0, $"Restarted the gateway that runs without a service, in its process (pid {_gateway.Id}).\n"), (restarted.ExitCode, restarted.Out));
        await TestTimeouts.Until(() => _bot.Polling == 1, "the bot to be polled again");
        var after = await _home.RunAsync("gateway", "status", "--timeout", "60000");
        Assert.DoesNotContain("Safe mode", after.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OrderlyStopAndRefusedStart_LeaveNothingToCount()
    {
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        _home.WriteConfig();

        var busy = await _home.RunAsync("gateway", "--port", $"{((System.Net.IPEndPoint)other.LocalEndpoint).Port}");
        var afterBusy = File.Exists(Starts);
        _home.WriteRawConfig("""{ "gateway": { "mode": "local" } }""");
        var refused = await _home.RunAsync("gateway");
        var afterRefused = File.Exists(Starts);
        var port = _home.WriteConfig();
        _gateway = OpenClawProcess.Start(_home, "gateway");
        await _gateway.WaitForAsync($"listening on ws://127.0.0.1:{port}");
        var running = File.Exists(Starts);
        var stopped = await _home.RunAsync("gateway", "stop");

        Assert.Equal((1, 1, false, false, true), (busy.ExitCode, refused.ExitCode, afterBusy, afterRefused, running));
        Assert.Equal((0, $"Stopped the gateway that ran without a service (pid {_gateway.Id}).\n"), (stopped.ExitCode, stopped.Out));
        Assert.Equal(0, await _gateway.WaitForExitAsync());
        Assert.False(File.Exists(Starts));
    }

    [Fact]
    public async Task Run_SwitchedOff_CountsNothing()
    {
        _home.Variables["OPENCLAW_SAFE_MODE"] = "off";
        var port = _home.WriteConfig();
        _gateway = OpenClawProcess.Start(_home, "gateway");
        await _gateway.WaitForAsync($"listening on ws://127.0.0.1:{port}");

        Assert.False(File.Exists(Starts));
    }

    [Fact]
    public async Task Run_AskedForAndRefused_TheFlagWins()
    {
        _home.Variables["OPENCLAW_SAFE_MODE"] = "on";
        var port = _home.WriteConfig();
        _gateway = OpenClawProcess.Start(_home, "gateway");
        await _gateway.WaitForAsync("Safe mode: safe mode was asked for");
        await _gateway.DisposeAsync();

        _gateway = OpenClawProcess.Start(_home, "gateway", "--no-safe-mode");
        await _gateway.WaitForAsync($"listening on ws://127.0.0.1:{port}");
        var status = await _home.RunAsync("gateway", "status", "--timeout", "60000");

        Assert.Contains("RPC probe: ok", status.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Safe mode", status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_LockOfAProcessThatIsNoGateway_TouchesNobody()
    {
        _home.WriteConfig();
        using var stranger = System.Diagnostics.Process.Start("sleep", "600");
        try
        {
            var path = OpenClaw.Gateway.Core.Processes.GatewayLock.PathFor(_home.Environment());
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // Without a start time the lock only knows the id, which a stranger may have by now.
            await File.WriteAllTextAsync(path, $$"""{"pid":{{stranger.Id}},"createdAt":"{{DateTimeOffset.MaxValue:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","configPath":"{{_home.ConfigPath}}"}""");

            var result = await _home.RunAsync("gateway", "stop");

            Assert.Equal((int)ServiceFailureKind.NoManager, result.ExitCode);
            Assert.False(stranger.HasExited);
        }
        finally
        {
            stranger.Kill();
        }
    }

    private async Task<string> ChannelsAsync() => (await _home.RunAsync("gateway", "call", "channels.status", "--json", "--timeout", "60000")).Out;
}
