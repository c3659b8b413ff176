using System.Text.Json;
using OpenClaw.Cli.Tests.Support;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Commands;

/// <summary>A gateway process from its start to its end.</summary>
public sealed class GatewayLifetimeTests : IAsyncLifetime
{
    private readonly CliHome _home = new();
    private OpenClawProcess? _gateway;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_gateway is not null)
            await _gateway.DisposeAsync();
        _home.Dispose();
    }

    [Theory]
    [InlineData(OpenClawProcess.SigTerm, "SIGTERM")]
    [InlineData(OpenClawProcess.SigInt, "SIGINT")]
    public async Task Run_StopSignal_TellsClientsAndEndsWithZero(int signal, string name)
    {
        await StartAsync();
        await using var client = await ConnectAsync();

        _gateway!.Signal(signal);

        var shutdown = await ShutdownOfAsync(client);
        Assert.Equal("gateway stopping", shutdown.GetProperty("reason").GetString());
        Assert.Equal(0, await _gateway.WaitForExitAsync());
        Assert.Contains($"signal {name} received", _gateway.Out, StringComparison.Ordinal);
        Assert.Equal(1012, (await client.Closed.WithTimeout()).Code);
        Assert.Empty(Directory.EnumerateFiles(_home.Path, "gateway.*.lock", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Run_StopSignalWhileARequestIsHalfSent_EndsWithZero()
    {
        await StartAsync();
        using var half = new System.Net.Sockets.TcpClient();
        await half.ConnectAsync(System.Net.IPAddress.Loopback, _port).WithTimeout();
        await half.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost"u8.ToArray());
        // Its greeting shows that the connection before it is served too.
        await using (await ConnectAsync())
        {
        }

        _gateway!.Signal(OpenClawProcess.SigTerm);

        Assert.Equal(0, await _gateway.WaitForExitAsync());
        Assert.DoesNotContain("exception", _gateway.Out + _gateway.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Run_SecondStopSignal_EndsAtOnceAndNotWithZero()
    {
        const int stop = 19, go = 18;
        await StartAsync();
        using var half = new System.Net.Sockets.TcpClient();
        await half.ConnectAsync(System.Net.IPAddress.Loopback, _port).WithTimeout();
        await half.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost"u8.ToArray());
        // Its greeting shows that the connection before it is served too, so that the stop has something to wait for.
        await using (await ConnectAsync())
        {
        }

        // While it stands still both are kept for it: it finds the second while it works on the first, however slow the machine is.
        _gateway!.Signal(stop);
        _gateway.Signal(OpenClawProcess.SigTerm);
        _gateway.Signal(OpenClawProcess.SigInt);
        _gateway.Signal(go);

        // 128 and the number of the signal, as shells count; which of the two came second is the system's to decide.
        Assert.Contains(await _gateway.WaitForExitAsync(), (int[])[128 + OpenClawProcess.SigTerm, 128 + OpenClawProcess.SigInt]);
    }

    [Fact]
    public async Task Run_SecondOnTheSameState_IsRefusedAndTheFirstGoesOn()
    {
        await StartAsync();
        await using var client = await ConnectAsync();

        var second = await OpenClawProcess.RunAsync(_home, "gateway", "--port", $"{FreePort.Next()}");

        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"Gateway failed to start: gateway already running (pid {_gateway!.Id}); lock timeout after 5000ms", second.Error, StringComparison.Ordinal);
        Assert.True((await client.RequestAsync("health", default).WithTimeout()).Ok);
    }

    [Fact]
    public async Task Run_SigUsr1Unauthorized_ChangesNothing()
    {
        await StartAsync();
        await using var client = await ConnectAsync();

        _gateway!.Signal(OpenClawProcess.SigUsr1);

        await _gateway.WaitForAsync("SIGUSR1 restart ignored (not authorized; enable commands.restart or use gateway tool).");
        Assert.True((await client.RequestAsync("health", default).WithTimeout()).Ok);
    }

    [Fact]
    public async Task Run_SigUsr1Allowed_RestartsInTheSameProcess()
    {
        await StartAsync("""  "commands": { "restart": true }""");
        await using (var client = await ConnectAsync())
        {
            _gateway!.Signal(OpenClawProcess.SigUsr1);
            var shutdown = await ShutdownOfAsync(client);
            Assert.Equal("gateway restarting", shutdown.GetProperty("reason").GetString());
            Assert.Equal(1500, shutdown.GetProperty("restartExpectedMs").GetInt64());
        }
        await _gateway.WaitForAsync($"listening on ws://127.0.0.1:{_port} (PID {_gateway.Id})", times: 2);

        await using var again = await ConnectAsync();
        Assert.True((await again.RequestAsync("health", default).WithTimeout()).Ok);
    }

    [Fact]
    public async Task Run_RestartWithABrokenConfig_KeepsTheLastGoodOne()
    {
        await StartAsync("""  "commands": { "restart": true }""");
        await File.WriteAllTextAsync(_home.ConfigPath, "{ broken");

        _gateway!.Signal(OpenClawProcess.SigUsr1);

        await _gateway.WaitForAsync("restarting with the last good configuration");
        await _gateway.WaitForAsync($"listening on ws://127.0.0.1:{_port}", times: 2);
        await using var client = await ConnectAsync();
        Assert.True((await client.RequestAsync("health", default).WithTimeout()).Ok);
    }

    [Fact]
    public async Task Run_Verbose_LogsToConsoleAndFile()
    {
        await StartAsync();
        await _gateway!.WaitForAsync("log file: " + _home.LogPath);

        _gateway.Signal(OpenClawProcess.SigTerm);
        await _gateway.WaitForExitAsync();

        Assert.Contains($"listening on ws://127.0.0.1:{_port}", await File.ReadAllTextAsync(_home.LogPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DevProfileOnAFreshMachine_MakesItsOwnConfigAndAnswers()
    {
        _home.Variables["OPENCLAW_GATEWAY_PORT"] = $"{FreePort.Next()}";
        _gateway = OpenClawProcess.Start(_home, "--dev", "gateway");
        await _gateway.WaitForAsync("listening on ws://127.0.0.1:" + _home.Variables["OPENCLAW_GATEWAY_PORT"]);

        var answer = await _home.RunAsync("--dev", "agent", "--message", "hello from the test");

        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("hello from the test", answer.Out, StringComparison.Ordinal);
        Assert.Contains("Dev config ready: ", _gateway.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_home.Path, ".openclaw-dev", "openclaw.json")));
        Assert.True(File.Exists(Path.Combine(_home.Path, ".openclaw", "workspace-dev", "AGENTS.md")));
        Assert.False(File.Exists(_home.ConfigPath));
    }

    private int _port;

    private async Task StartAsync(string more = "")
    {
        _port = _home.WriteConfig(more: more);
        _gateway = OpenClawProcess.Start(_home, "gateway", "--verbose");
        await _gateway.WaitForAsync($"listening on ws://127.0.0.1:{_port}");
    }

    private Task<GatewayConnection> ConnectAsync() => GatewayConnection.OpenAsync(
        new GatewayConnectionOptions { Url = new Uri($"ws://127.0.0.1:{_port}"), Token = "test-token", ConnectTimeout = TestTimeouts.Wait });

    private static async Task<JsonElement> ShutdownOfAsync(GatewayConnection client)
    {
        using var stop = new CancellationTokenSource(TestTimeouts.Wait);
        await foreach (var notice in client.ReadNoticesAsync(stop.Token))
        {
            if (notice is GatewayEvent { Name: "shutdown" } shutdown)
                return JsonSerializer.Deserialize<JsonElement>(shutdown.Payload.Span);
        }
        throw new InvalidOperationException("The connection ended without a shutdown event.");
    }
}
