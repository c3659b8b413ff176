using System.Collections.Concurrent;
using System.Text.Json;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Channels.Previews;
using OpenClaw.Gateway.Core.Tests.Channels.Inbound;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Channels.Previews;

/// <summary>Answers that are shown while they are written, from the message that comes in to what the channel is asked to do.</summary>
public sealed class AnswerPreviewsTests
{
    private readonly ConcurrentQueue<PreviewAction> _shown = new();

    [Fact]
    public async Task AnswerInATopicOfAPrivateChat_IsShownWhileItIsWritten_AndThenSent()
    {
        await using var host = await InboundHost.StartAsync();
        await using var channel = await ServeAsync(host, static _ => Task.FromResult(ActionResult.Done));
        var rest = new TaskCompletionSource();
        host.Model.Enqueue(FakeReply.Script(new TextStep("The first half"), new WaitStep(rest.Task), new TextStep(" and the second.")));

        await host.SayAsync(InTopic("hello"));
        await TestTimeouts.Until(() => _shown.Any(static shown => shown.Text == "The first half"), "the first half");
        rest.SetResult();
        var sent = await host.SentAsync();

        Assert.Equal("The first half and the second.", sent.Text);
        Assert.All(_shown, shown => Assert.Equal(("42", "7", sent.RunId), (shown.To, shown.ThreadId, shown.RunId)));
        await TestTimeouts.Until(() => host.Get<AnswerPreviews>().IsIdle, "nothing to be kept of it");
    }

    [Theory]
    [InlineData("streamMode: 'off'", true, false)]
    [InlineData("accounts: { default: { streamMode: 'off' } }", true, false)]
    [InlineData("", false, false)]
    [InlineData("groupPolicy: 'open', groups: { '*': { requireMention: false } }", true, true)]
    public async Task Answer_WhereNoneIsWanted_IsShownNowhere(string telegram, bool inTopic, bool inGroup)
    {
        await using var host = (await InboundHost.StartAsync("allowFrom: [42]," + telegram)).Answers("answer");
        await using var channel = await ServeAsync(host, static _ => Task.FromResult(ActionResult.Done));

        await host.SayAsync(inGroup ? InboundHost.Group("hello", topic: "7") : inTopic ? InTopic("hello") : InboundHost.Direct("hello"));

        Assert.Equal("answer", (await host.SentAsync()).Text);
        await TestTimeouts.Until(() => host.Get<AnswerPreviews>().IsIdle, "nothing going on");
        Assert.Empty(_shown);
    }

    /// <summary>The channel never answers: the answer waits for nothing.</summary>
    [Fact]
    public async Task PreviewThatIsNeverAnswered_DoesNotHoldUpTheAnswer()
    {
        await using var host = (await InboundHost.StartAsync()).Answers("answer");
        var never = new TaskCompletionSource<ActionResult>();
        await using var channel = await ServeAsync(host, _ => never.Task);

        await host.SayAsync(InTopic("hello"));

        Assert.Equal("answer", (await host.SentAsync()).Text);
        await TestTimeouts.Until(() => host.Get<AnswerPreviews>().IsIdle, "the preview to be given up");
        never.SetResult(ActionResult.Done);
    }

    [Fact]
    public async Task PreviewThatIsRefused_IsTheLastOfItsAnswer_AndNotOfTheNext()
    {
        await using var host = await InboundHost.StartAsync();
        await using var channel = await ServeAsync(host, static _ => Task.FromResult(ActionResult.Failed("Too Many Requests")));
        var rest = new TaskCompletionSource();
        host.Model.Enqueue(FakeReply.Script(new TextStep("one"), new WaitStep(rest.Task), new TextStep(" two"), new TextStep(" three")), FakeReply.Text("next"));

        await host.SayAsync(InTopic("hello"));
        await TestTimeouts.Until(() => _shown.Count == 1, "the first");
        rest.SetResult();
        Assert.Equal("one two three", (await host.SentAsync()).Text);
        await host.SayAsync(InTopic("again", "2"));
        Assert.Equal("next", (await host.SentAsync()).Text);

        await TestTimeouts.Until(() => host.Get<AnswerPreviews>().IsIdle, "nothing going on");
        Assert.InRange(_shown.Count, 1, 2);
        Assert.Equal("one", _shown.First().Text);
        Assert.DoesNotContain(_shown, static shown => shown.Text.StartsWith("one ", StringComparison.Ordinal));
    }

    /// <summary>What means that nothing is to be said is not shown either.</summary>
    [Fact]
    public async Task SilentAnswer_IsNotShown()
    {
        await using var host = await InboundHost.StartAsync();
        await using var channel = await ServeAsync(host, static _ => Task.FromResult(ActionResult.Done));
        host.Model.Enqueue(FakeReply.Text("NO", "_RE", "PLY"));

        await host.SayAsync(InTopic("hello"));
        await host.SentNothingAsync();

        await TestTimeouts.Until(() => host.Get<AnswerPreviews>().IsIdle, "nothing going on");
        Assert.Empty(_shown);
    }

    private static InboundMessage InTopic(string text, string id = "1") =>
        InboundHost.Direct(text, id) with { Chat = new ChatAddress(ChatType.Direct, "42") { ThreadId = "7" } };

    private async Task<IAsyncDisposable> ServeAsync(InboundHost host, Func<PreviewAction, Task<ActionResult>> show) =>
        await host.Bus.Calls.ServeAsync(ChannelNames.AccountService("telegram", "default"), async (request, cancellation) =>
        {
            var result = ActionResult.Done;
            if (JsonSerializer.Deserialize(request.Payload.Span, ChannelJsonContext.Default.ChannelAction) is PreviewAction preview)
            {
                _shown.Enqueue(preview);
                result = await show(preview).WaitAsync(cancellation);
            }
            return JsonSerializer.SerializeToUtf8Bytes(result, ChannelJsonContext.Default.ActionResult);
        });
}
