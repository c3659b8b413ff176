using OpenClaw.Gateway.Core.Channels.Inbound.Pairing;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound;

public sealed class PairingTests
{
    [Fact]
    public async Task ASenderThatNobodyKnows_IsToldACodeOnce_AndAnsweredAfterItsApproval()
    {
        await using var host = (await InboundHost.StartAsync("dmPolicy: \"pairing\"")).Answers("welcome");

        await host.SayAsync(InboundHost.Direct("hi"));
        var told = await host.SentAsync();
        await host.SayAsync(InboundHost.Direct("hello?", id: "2"));
        await host.SentNothingAsync();
        var request = Assert.Single(await host.Get<PairingStore>().ListAsync("telegram", default));
        await host.Get<PairingStore>().ApproveAsync("telegram", request.Code, default);
        await host.SayAsync(InboundHost.Direct("and now?", id: "3"));

        Assert.StartsWith($"OpenClaw: access not configured.\n\nYour Telegram user id: 42\n\nPairing code: {request.Code}\n\n", told.Text, StringComparison.Ordinal);
        Assert.Equal("welcome", (await host.SentAsync()).Text);
        Assert.Single(host.Model.Requests);
    }

    [Fact]
    public async Task ACodeThatWasStoredWhenTheGatewayDied_IsToldAllTheSame()
    {
        await using var host = await InboundHost.StartAsync("dmPolicy: \"pairing\"");
        var code = (await host.Get<PairingStore>().RequestAsync("telegram", "42", new Dictionary<string, string?>(), default))!.Value.Code;

        await host.SayAsync(InboundHost.Direct("hi"), redelivered: true);

        Assert.Contains(code, (await host.SentAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFourthSender_GetsNothing()
    {
        await using var host = await InboundHost.StartAsync("dmPolicy: \"pairing\"");
        foreach (var sender in (string[])["1", "2", "3"])
        {
            await host.SayAsync(InboundHost.Direct("hi", sender: sender));
            await host.SentAsync();
        }

        await host.SayAsync(InboundHost.Direct("hi", sender: "4"));

        await host.SentNothingAsync();
    }
}
