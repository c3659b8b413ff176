using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound;

public sealed class CommandTests
{
    [Theory]
    [InlineData("/help", "Commands:\n/help - ")]
    [InlineData("/commands", "Commands:\n/help - ")]
    [InlineData("/status", "🦞 OpenClaw\nSession: agent:main:main\nModel: mock/m1\n")]
    [InlineData("/whoami", "Channel: Telegram\nYour id: 42\nUsername: @bob")]
    [InlineData("/ID", "Channel: Telegram\nYour id: 42\nUsername: @bob")]
    [InlineData("/model", "Model: mock/m1 (default mock/m1).")]
    [InlineData("/model mock/m2", "Model set to mock/m2.")]
    [InlineData("/model: mock/m2", "Model set to mock/m2.")]
    [InlineData("/model default", "Model reset to default (mock/m1).")]
    [InlineData("/models mock", "Models of mock:\n- mock/m1\n- mock/m2")]
    [InlineData("/think", "Current thinking level: default.")]
    [InlineData("/think high", "Thinking level set to high.")]
    [InlineData("/t off", "Thinking disabled.")]
    [InlineData("/think loudly", "Unrecognized thinking level.")]
    [InlineData("/verbose on", "⚙️ Verbose logging set to on.")]
    [InlineData("/reasoning off", "⚙️ Reasoning visibility set to off.")]
    [InlineData("/queue", "Current queue settings: mode=collect")]
    [InlineData("/queue followup cap:5", "⚙️ Queue mode set to followup. ⚙️ Queue cap set to 5.")]
    [InlineData("/activation always", "⚙️ Group activation only applies to group chats.")]
    [InlineData("/context", "Context: ? of 32,000 tokens")]
    [InlineData("/usage", "No answer was given yet.")]
    [InlineData("/compact", "⚙️ There is nothing to shorten.")]
    [InlineData("/new", "✅ New session started · model: mock/m1")]
    [InlineData("/reset", "✅ New session started · model: mock/m1")]
    [InlineData("/send off", "⚙️ Send policy set to off.")]
    [InlineData("/stop", "⚙️ Agent was aborted.")]
    [InlineData("stop", "⚙️ Agent was aborted.")]
    [InlineData(" ESC ", "⚙️ Agent was aborted.")]
    public async Task ACommand_IsAnsweredWithoutTheModel(string text, string expected)
    {
        await using var host = await InboundHost.StartAsync();

        await host.SayAsync(InboundHost.Direct(text));

        Assert.StartsWith(expected, (await host.SentAsync()).Text, StringComparison.Ordinal);
        await host.SentNothingAsync();
        Assert.Empty(host.Model.Requests);
    }

    [Theory]
    [InlineData("/nosuchcommand now")]
    [InlineData("/etc/hosts")]
    [InlineData("/status of the project")]
    [InlineData("see /status")]
    public async Task WhatIsNoCommand_GoesToTheAgent(string text)
    {
        await using var host = (await InboundHost.StartAsync()).Answers("ok");

        await host.SayAsync(InboundHost.Direct(text));

        Assert.Equal("ok", (await host.SentAsync()).Text);
        Assert.Contains(text, host.Model.Requests[0].LastUserText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACommandThatComesAgain_IsAnsweredOnce()
    {
        await using var host = await InboundHost.StartAsync();

        await host.SayAsync(InboundHost.Direct("/status"));
        await host.SentAsync();
        await host.SayAsync(InboundHost.Direct("/status"), redelivered: true);

        await host.SentNothingAsync();
    }

    [Fact]
    public async Task Stop_EndsTheRunAtWork_WithoutWaitingForIt()
    {
        await using var host = await InboundHost.StartAsync();
        host.Model.Enqueue(FakeReply.Script(new TextStep("begun"), new HangStep()));
        await host.SayAsync(InboundHost.Direct("work"));
        await host.Model.WaitForRequestsAsync(1, TestTimeouts.Wait);

        await host.SayAsync(InboundHost.Direct("/stop", id: "2"));

        // What the run had said before it was stopped may come too.
        for (var sent = await host.SentAsync(); sent.Text != "⚙️ Agent was aborted."; sent = await host.SentAsync())
            Assert.Equal("begun", sent.Text);
        await host.SettledAsync();
        await TestTimeouts.Until(() => host.Model.OpenRequests == 0, "the model's answer is given up");
    }

    [Fact]
    public async Task New_WithWords_BeginsAnew_AndAsksThem()
    {
        await using var host = (await InboundHost.StartAsync()).Answers("one", "two");
        await host.SayAsync(InboundHost.Direct("remember me"));
        await host.SentAsync();

        await host.SayAsync(InboundHost.Direct("/new mock/m2 who am I?", id: "2"));

        Assert.Equal("✅ New session started · model: mock/m2", (await host.SentAsync()).Text);
        Assert.Equal("two", (await host.SentAsync()).Text);
        var request = host.Model.Requests[1];
        Assert.Equal("m2", request.Model);
        Assert.Contains("] who am I?\n", request.LastUserText, StringComparison.Ordinal);
        Assert.DoesNotContain("remember me", request.Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Think_WithWords_HoldsForThemAlone()
    {
        await using var host = (await InboundHost.StartAsync()).Answers("one");

        await host.SayAsync(InboundHost.Direct("/think high solve it"));

        Assert.Equal("one", (await host.SentAsync()).Text);
        var request = Assert.Single(host.Model.Requests);
        Assert.Contains("] solve it\n", request.LastUserText, StringComparison.Ordinal);
        Assert.Equal("high", (string?)request.Body["reasoning_effort"]);
        Assert.Null((await EntryAsync(host, "agent:main:main"))?.ThinkingLevel);
    }

    [Fact]
    public async Task SendOff_HoldsMessagesBack_AndSendOnLetsThemThroughAgain()
    {
        await using var host = (await InboundHost.StartAsync()).Answers("back");
        await host.SayAsync(InboundHost.Direct("/send off"));
        await host.SentAsync();
        await host.SayAsync(InboundHost.Direct("hello?", id: "2"));
        await host.SentNothingAsync();

        await host.SayAsync(InboundHost.Direct("/send on", id: "3"));
        await host.SayAsync(InboundHost.Direct("hello!", id: "4"));

        Assert.Equal("⚙️ Send policy set to on.", (await host.SentAsync()).Text);
        Assert.Equal("back", (await host.SentAsync()).Text);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task ACommandInAGroup_OfSomebodyWhoMayGiveNone_IsDropped_UnlessItIsFromTheMenu(bool isNative, bool isAnswered)
    {
        await using var host = await InboundHost.StartAsync("groupPolicy: \"open\"");

        await host.SayAsync(InboundHost.Group("/status", sender: "666") with { IsNativeCommand = isNative, WasMentioned = true });

        if (isAnswered)
            Assert.Equal("You are not authorized to use this command.", (await host.SentAsync()).Text);
        await host.SentNothingAsync();
        Assert.Empty(host.Model.Requests);
    }

    [Fact]
    public async Task ACommandThatWasForwarded_IsNobodysCommand()
    {
        await using var host = (await InboundHost.StartAsync()).Answers("I see");

        await host.SayAsync(InboundHost.Direct("/new") with { Forwarded = new ForwardOrigin("Mallory") });

        Assert.Equal("I see", (await host.SentAsync()).Text);
    }

    internal static async Task<SessionEntry?> EntryAsync(InboundHost host, string key)
    {
        var stores = host.Get<SessionStores>();
        return await stores.FindAsync(stores.Rules.Canonicalize(key)!.Value, default);
    }
}
