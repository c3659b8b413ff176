using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands;

/// <summary><c>logs --follow</c> outlives the gateway.</summary>
public sealed class LogsFollowTests
{
    [Fact]
    public async Task Follow_GatewayStopsAndComesBack_SaysSoAndGoesOn()
    {
        using var home = new CliHome();
        var port = home.WriteConfig();
        var first = OpenClawProcess.Start(home, "gateway");
        await using var ending = first;
        await first.WaitForAsync("listening on");
        await using var logs = OpenClawProcess.Start(home, "logs", "--follow", "--interval", "50");
        await logs.WaitForAsync($"listening on ws://127.0.0.1:{port} (PID {first.Id})");

        first.Signal(OpenClawProcess.SigTerm);
        Assert.Equal(0, await first.WaitForExitAsync());
        await logs.WaitForAsync("Lost the gateway (");
        await using var second = OpenClawProcess.Start(home, "gateway");
        await second.WaitForAsync("listening on");

        await logs.WaitForAsync("The gateway is back.");
        await logs.WaitForAsync($"listening on ws://127.0.0.1:{port} (PID {second.Id})");
        Assert.False(logs.HasExited);
        Assert.Contains("Lost the gateway (", logs.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Lost the gateway", logs.Out, StringComparison.Ordinal);
    }
}
