using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Tests.Support;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Commands;

/// <summary>A gateway process whose configuration is changed while it runs.</summary>
public sealed class GatewayReloadTests : IAsyncLifetime
{
    private readonly CliHome _home = new();
    private OpenClawProcess _gateway = null!;
    private int _port;

    public async Task InitializeAsync()
    {
        _port = _home.WriteConfig();
        _gateway = OpenClawProcess.Start(_home, "gateway");
        await _gateway.WaitForAsync($"listening on ws://127.0.0.1:{_port}");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public async Task ConfigSet_OfALogLevel_CountsWithoutARestart()
    {
        await using var client = await ConnectAsync(_port);

        await _home.RunAsync("config", "set", "logging.level", "debug");

        await _gateway.WaitForAsync("config change applied (dynamic reads: logging.level)");
        Assert.True((await client.RequestAsync("health", default).WithTimeout()).Ok);
        Assert.Contains("written by host", await File.ReadAllTextAsync(_home.LogPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigSet_OfThePort_RestartsInTheSameProcess()
    {
        var port = FreePort.Next();

        await _home.RunAsync("config", "set", "gateway.port", $"{port}");

        await _gateway.WaitForAsync("config change requires gateway restart (gateway.port)");
        await _gateway.WaitForAsync($"listening on ws://127.0.0.1:{port} (PID {_gateway.Id})");
        await using var client = await ConnectAsync(port);
        Assert.True((await client.RequestAsync("health", default).WithTimeout()).Ok);
    }

    [Fact]
    public async Task Patch_ThatNeedsARestart_LeavesANoteForTheTimeAfterIt()
    {
        var port = FreePort.Next();
        await using (var client = await ConnectAsync(_port))
        {
            using var shown = JsonDocument.Parse((await client.RequestAsync("config.get", default).WithTimeout()).Payload);
            var parameters = new JsonObject
            {
                ["raw"] = $$"""{ gateway: { port: {{port}} } }""",
                ["baseHash"] = shown.RootElement.GetProperty("hash").GetString(),
                ["note"] = "moved house",
                ["restartDelayMs"] = 1,
            };

            var answer = await client.RequestAsync("config.patch", JsonSerializer.SerializeToUtf8Bytes(parameters)).WithTimeout();

            using var payload = JsonDocument.Parse(answer.Payload);
            Assert.Equal("emit", payload.RootElement.GetProperty("restart").GetProperty("mode").GetString());
            Assert.EndsWith("restart-sentinel.json", payload.RootElement.GetProperty("sentinel").GetProperty("path").GetString(), StringComparison.Ordinal);
        }

        await _gateway.WaitForAsync($"listening on ws://127.0.0.1:{port} (PID {_gateway.Id})");
        await using var after = await ConnectAsync(port);
        using var status = JsonDocument.Parse((await after.RequestAsync("status", default).WithTimeout()).Payload);
        var note = Assert.Single(status.RootElement.GetProperty("queuedSystemEvents").EnumerateArray()).GetString();
        Assert.StartsWith("GatewayRestart: ", note, StringComparison.Ordinal);
        Assert.Contains("moved house", note, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_home.State, "restart-sentinel.json")));
    }

    [Theory]
    [InlineData("{ broken", "JSON5 parse failed")]
    [InlineData("{ gateway: { mode: 'local', auth: { mode: 'token' } } }", "no token is configured")]
    [InlineData("{ gateway: { mode: 'remote', auth: { token: 'test-token' } } }", "set gateway.mode=local")]
    public async Task FileThatCannotBeUsed_IsShownByHealth_AndTheGatewayGoesOn(string text, string problem)
    {
        var good = await File.ReadAllTextAsync(_home.ConfigPath);
        await using var client = await ConnectAsync(_port);

        _home.WriteRawConfig(text);

        await _gateway.WaitForAsync("config reload skipped (invalid config)");
        var health = await _home.RunAsync("gateway", "health", "--url", $"ws://127.0.0.1:{_port}", "--token", "test-token");
        Assert.Contains("is not in force as it is: ", health.Out, StringComparison.Ordinal);
        Assert.Contains(problem, health.Out, StringComparison.Ordinal);
        _home.WriteRawConfig(good);
        await _gateway.WaitForAsync("can be used again");
        Assert.True((await client.RequestAsync("health", default).WithTimeout()).Ok);
    }

    private static Task<GatewayConnection> ConnectAsync(int port) => GatewayConnection.OpenAsync(
        new GatewayConnectionOptions { Url = new Uri($"ws://127.0.0.1:{port}"), Token = "test-token", ConnectTimeout = TestTimeouts.Wait });
}
