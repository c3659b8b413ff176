namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound.Access;

/// <summary>A handle on an allowlist is its first owner's; who has it later is a stranger.</summary>
public sealed class HandleOwnersTests
{
    [Fact]
    public async Task HandleThatChangedHands_LetsNobodyElseIn_AfterARestartNeither()
    {
        await using var host = (await InboundHost.StartAsync("dmPolicy: \"allowlist\", allowFrom: [\"@Bob\"]")).Answers("one", "two", "three");
        await host.SayAsync(InboundHost.Direct("hi"));
        Assert.Equal("one", (await host.SentAsync()).Text);

        await host.SayAsync(InboundHost.Direct("hi", id: "2", sender: "66"));
        await host.SentNothingAsync();
        await host.RestartAsync();
        await host.SayAsync(InboundHost.Direct("hi", id: "3", sender: "66"));
        await host.SentNothingAsync();

        await host.SayAsync(InboundHost.Direct("hi", id: "4"));
        Assert.Equal("two", (await host.SentAsync()).Text);
    }

    [Fact]
    public async Task OwnerByAnId_NeedsNoHandle_AndClaimsNone()
    {
        await using var host = (await InboundHost.StartAsync("dmPolicy: \"allowlist\", allowFrom: [42, \"@bob\"]")).Answers("one", "two");
        await host.SayAsync(InboundHost.Direct("hi"));
        await host.SentAsync();

        Assert.False(File.Exists(Path.Combine(host.Gateway.StateDirectory, "credentials", "telegram-handles.json")));
    }

    [Fact]
    public async Task FileThatIsBroken_LetsNobodyInByAHandle()
    {
        await using var host = await InboundHost.StartAsync("dmPolicy: \"allowlist\", allowFrom: [\"bob\"]");
        var path = Path.Combine(host.Gateway.StateDirectory, "credentials", "telegram-handles.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "{");

        await host.SayAsync(InboundHost.Direct("hi"));

        await Testing.TestTimeouts.Until(
            async () => await host.Bus.Queues.GetStatisticsAsync(OpenClaw.Channels.Abstractions.ChannelNames.InboundQueue) is { Waiting: > 0, InFlight: 0 }, "the message to wait");
        Assert.Empty(host.Model.Requests);
        File.Delete(path);
        await host.Model.WaitForRequestsAsync(1, Testing.TestTimeouts.Wait);
    }
}
