using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound;

public sealed class DirectMessageTests
{
    [Fact]
    public async Task AMessageOfSomebodyWhoMay_IsAnsweredInItsChat()
    {
        await using var host = (await InboundHost.StartAsync()).Answers("hello Bob");

        await host.SayAsync(InboundHost.Direct("hi"));

        var sent = await host.SentAsync();
        Assert.Equal(("hello Bob", "42", "default", "agent:main:main"), (sent.Text, sent.To, sent.AccountId, sent.SessionKey));
        Assert.Equal("[Telegram Bob B (@bob) id:42 Fri 2025-11-21 04:38 UTC] hi\n[message_id: 1]", Assert.Single(host.Model.Requests).LastUserText);
    }

    [Fact]
    public async Task AnEmptyAnswer_IsSaidToBeOne()
    {
        await using var host = (await InboundHost.StartAsync()).Answers("");

        await host.SayAsync(InboundHost.Direct("hi"));

        Assert.Contains("empty answer", (await host.SentAsync()).Text, StringComparison.Ordinal);
        await host.SentNothingAsync();
    }

    [Fact]
    public async Task AnAnswerThatIsSilentOnPurpose_IsNotSent()
    {
        await using var host = (await InboundHost.StartAsync()).Answers("NO_REPLY");

        await host.SayAsync(InboundHost.Direct("hi"));
        await host.Model.WaitForRequestsAsync(1, Testing.TestTimeouts.Wait);

        await host.SentNothingAsync();
    }

    [Fact]
    public async Task AMessageThatComesTwice_IsAnsweredOnce()
    {
        await using var host = (await InboundHost.StartAsync()).Answers("one", "two");

        await host.SayAsync(InboundHost.Direct("hi"));
        Assert.Equal(AppendOutcome.Duplicate, await host.SayAsync(InboundHost.Direct("hi")));

        Assert.Equal("one", (await host.SentAsync()).Text);
        await host.SentNothingAsync();
    }

    [Fact]
    public async Task MessagesOfAChat_AreAcceptedWithoutWaitingForTheRunBefore()
    {
        var gate = new TaskCompletionSource();
        await using var host = await InboundHost.StartAsync(sections: "messages: { queue: { mode: \"followup\", debounceMs: 0 } }");
        host.Model.Enqueue(Fakes.OpenAi.FakeReply.Script(new Fakes.OpenAi.WaitStep(gate.Task), new Fakes.OpenAi.TextStep("first")), Fakes.OpenAi.FakeReply.Text("second"));

        await host.SayAsync(InboundHost.Direct("one"));
        await host.Model.WaitForRequestsAsync(1, Testing.TestTimeouts.Wait);
        await host.SayAsync(InboundHost.Direct("two", id: "2"));
        await Testing.TestTimeouts.Until(
            async () => await host.Bus.Queues.GetStatisticsAsync(OpenClaw.Channels.Abstractions.ChannelNames.InboundQueue) is { Waiting: 0, InFlight: 0 }, "the second message is accepted");
        gate.SetResult();

        Assert.Equal("first", (await host.SentAsync()).Text);
        Assert.Equal("second", (await host.SentAsync()).Text);
    }

    [Fact]
    public async Task AMessageThatCameWhileTheGatewayWasAway_AndOneThatComesAgain_AreAnsweredOnceEach()
    {
        await using var host = (await InboundHost.StartAsync()).Answers("one", "two");
        await host.SayAsync(InboundHost.Direct("hi"));
        Assert.Equal("one", (await host.SentAsync()).Text);
        await host.SettledAsync();

        await host.RestartAsync();
        await host.SayAsync(InboundHost.Direct("hi"));
        await host.SayAsync(InboundHost.Direct("hi"), redelivered: true);
        await host.SayAsync(InboundHost.Direct("still there?", id: "2"));

        Assert.Equal("two", (await host.SentAsync()).Text);
        await host.SentNothingAsync();
        Assert.Equal(2, host.Model.Requests.Count);
    }

    [Fact]
    public async Task WhatIsNoMessage_IsSetAside()
    {
        await using var host = (await InboundHost.StartAsync()).Answers("fine");
        foreach (var payload in (string[])["{", "null", "{\"channel\":\"telegram\"}"])
            await host.Bus.Queues.AppendAsync(OpenClaw.Channels.Abstractions.ChannelNames.InboundQueue, new QueueEntry { Payload = System.Text.Encoding.UTF8.GetBytes(payload) });

        await host.SayAsync(InboundHost.Direct("hi"));

        Assert.Equal("fine", (await host.SentAsync()).Text);
        await host.SettledAsync();
        Assert.Equal(3, (await host.Bus.Queues.GetStatisticsAsync(OpenClaw.Channels.Abstractions.ChannelNames.InboundQueue)).DeadLetters);
    }

    [Fact]
    public async Task Media_AreShownOrTold_AndWhatIsMissingIsSaid()
    {
        await using var host = (await InboundHost.StartAsync()).Answers("seen");
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0];

        await host.SayAsync(InboundHost.Direct("") with
        {
            Media =
            [
                new InboundMedia(MediaKind.Image) { Content = png, ContentType = "image/png" },
                new InboundMedia(MediaKind.Document) { Content = "abc"u8.ToArray(), ContentType = "text/plain", FileName = "../../etc/notes.txt" },
                new InboundMedia(MediaKind.Video) { Problem = "File too large. Maximum size is 5MB." },
            ],
        });

        await host.SentAsync();
        var request = host.Model.Requests[0];
        Assert.Contains("data:image/png;base64," + Convert.ToBase64String(png), request.Body.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        var files = Directory.GetFiles(Path.Combine(host.Gateway.StateDirectory, "media", "inbound")).Order().ToArray();
        Assert.Equal(2, files.Length);
        var text = string.Join('\n', request.Body.ToJsonString());
        Assert.Contains("media attached: " + files.Single(static file => file.EndsWith(".txt", StringComparison.Ordinal)), text);
        Assert.Contains("media not available: video: File too large. Maximum size is 5MB.", text);
        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in files)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }
}
