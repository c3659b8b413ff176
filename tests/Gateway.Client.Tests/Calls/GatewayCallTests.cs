using OpenClaw.Gateway.Client.Calls;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Client.Targets;
using OpenClaw.Gateway.Client.Tests.Fakes;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Client.Tests.Calls;

public sealed class GatewayCallTests
{
    [Fact]
    public async Task InvokeAsync_Answer_IsReturnedAndTheConnectionClosed()
    {
        var closed = new TaskCompletionSource<int?>();
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            await c.OkAsync(await c.ReceiveAsync(), """{"ok":true}""");
            closed.SetResult((await c.DrainAsync()).Code);
        });

        var result = await GatewayCall.InvokeAsync(gateway.Options(), "health", default, TestTimeouts.Wait).WithTimeout();

        Assert.Equal("""{"ok":true}""", result.Response.Payload.Text());
        Assert.Empty(result.Warnings);
        Assert.Equal(1000, await closed.Task.WithTimeout());
    }

    [Fact]
    public async Task InvokeAsync_ResolvedTarget_OffersItsCredentials()
    {
        using var state = new TempDirectory();
        var sent = new TaskCompletionSource<System.Text.Json.JsonElement>();
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            sent.SetResult(await c.GreetAsync());
            await c.OkAsync(await c.ReceiveAsync());
            await c.DrainAsync();
        });
        var target = GatewayTarget.Resolve(new GatewayTargetSources
        {
            ConfigPath = "c",
            Environment = new Dictionary<string, string> { ["OPENCLAW_GATEWAY_TOKEN"] = "env-token" },
            Port = gateway.Url.Port,
            AuthPassword = "config-password",
        }).Target!;

        var options = GatewayConnectionOptions.To(target, state.Path);
        await GatewayCall.InvokeAsync(options, "health", default, TestTimeouts.Wait).WithTimeout();

        var auth = (await sent.Task).GetProperty("auth");
        Assert.Equal("env-token", auth.GetProperty("token").GetString());
        Assert.Equal("config-password", auth.GetProperty("password").GetString());
        Assert.True(File.Exists(state["identity", "device.json"]));
        Assert.Equal(target.Details, options.Details);
    }

    [Fact]
    public async Task InvokeAsync_ExpectFinal_WaitsForTheSecondAnswer()
    {
        await using var gateway = await FakeGateway.StartAsync(RecordedSession.AgentRun().PlayAsync);

        var result = await GatewayCall.InvokeAsync(
            gateway.Options(), "agent", Gateways.Json("{}"), TestTimeouts.Wait, expectFinal: true).WithTimeout();

        Assert.Contains("\"completed\"", result.Response.Payload.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvokeAsync_NoAnswer_TimesOutOnceForEverything()
    {
        var time = new ManualTimeProvider();
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            await c.ReceiveAsync();
            await c.HangAsync();
        });

        var error = await Assert.ThrowsAsync<GatewayTimeoutException>(
            () => GatewayCall.InvokeAsync(gateway.Options(time) with { Details = "Source: local loopback" }, "a", default, TimeSpan.FromMilliseconds(2500))
                .WhileTimePasses(time, TimeSpan.FromMilliseconds(250)));

        Assert.Equal("gateway timeout after 2500ms\nSource: local loopback", error.Message);
        Assert.Equal("gateway timeout after 2500ms", error.Summary);
    }

    [Fact]
    public async Task InvokeAsync_ClosedMidRequest_TellsWhereItWasConnected()
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            await c.ReceiveAsync();
            await c.CloseAsync(1012, "service restart");
        });

        var error = await Assert.ThrowsAsync<GatewayClosedException>(
            () => GatewayCall.InvokeAsync(gateway.Options() with { Details = "Gateway target: y" }, "a", default, TestTimeouts.Wait).WithTimeout());

        Assert.Equal("gateway closed (1012): service restart\nGateway target: y", error.Message);
    }
}
