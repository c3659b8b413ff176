using System.Collections.Concurrent;
using System.Text.Json;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Bus.Calls;
using OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound;

/// <summary>Files that a channel only names: they are fetched for those who may write, when the agent is meant.</summary>
public sealed class MediaFetchTests
{
    private readonly ConcurrentQueue<ReadMediaAction> _asked = new();
    private readonly byte[] _content = new byte[(2 * ReadMediaAction.MaxPart) + 5];

    public MediaFetchTests() => new Random(7).NextBytes(_content);

    /// <summary>Who sent it need not wait for the agent to say so.</summary>
    [Fact]
    public async Task AFileThatIsTooLarge_IsSaidOnceInTheChat_AndItsWordsAreAnswered()
    {
        await using var host = (await InboundHost.StartAsync()).Answers("answer");
        var message = InboundHost.Direct("look") with
        {
            Media = [new InboundMedia(MediaKind.Video) { Problem = InboundMedia.TooLarge + "5 MB" }, new InboundMedia(MediaKind.Video) { Problem = InboundMedia.TooLarge + "5 MB" }],
        };

        await host.SayAsync(message);
        var notice = await host.SentAsync();
        var answer = await host.SentAsync();
        await host.SayAsync(message, redelivered: true);
        await host.SentNothingAsync();

        Assert.Equal("⚠️ File too large. Maximum size is 5MB.", notice.Text);
        Assert.Equal("answer", answer.Text);
        Assert.Contains("[media not available: video: larger than the limit of 5 MB]", Assert.Single(host.Model.Requests).LastUserText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFile_IsFetchedPartByPart_AndTheAgentIsToldWhereItIs()
    {
        await using var host = (await InboundHost.StartAsync()).Answers("seen");
        await using var channel = await ServeAsync(host);

        await host.SayAsync(WithFile(InboundHost.Direct("look")));

        await host.SentAsync();
        var file = Assert.Single(FilesOf(host));
        Assert.Equal(_content, await File.ReadAllBytesAsync(file));
        Assert.Contains($"[media attached: {file} (application/pdf) named a.pdf]", host.Model.Requests[0].LastUserText, StringComparison.Ordinal);
        Assert.Equal([0, ReadMediaAction.MaxPart, 2 * ReadMediaAction.MaxPart], _asked.Select(part => part.Offset));
    }

    [Fact]
    public async Task AFileOfSomebodyWhoMayNot_IsNeverFetched()
    {
        await using var host = await InboundHost.StartAsync("dmPolicy: \"pairing\", allowFrom: [42]");
        await using var channel = await ServeAsync(host);

        await host.SayAsync(WithFile(InboundHost.Direct("look", sender: "66")));

        Assert.Contains("Pairing code", (await host.SentAsync()).Text, StringComparison.Ordinal);
        await host.SettledAsync();
        Assert.Empty(_asked);
        Assert.Empty(FilesOf(host));
    }

    [Fact]
    public async Task AFileInAGroup_WhereTheAgentIsNotMeant_IsNotFetched()
    {
        await using var host = await InboundHost.StartAsync("allowFrom: [42], groupPolicy: \"open\"");
        await using var channel = await ServeAsync(host);

        await host.SayAsync(WithFile(InboundHost.Group("look")));

        await host.SettledAsync();
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task AFileThatCannotBeHad_LeavesTheWordsAndANotice()
    {
        await using var host = (await InboundHost.StartAsync()).Answers("sorry");
        await using var channel = await ServeAsync(host, _ => ActionResult.Failed("could not be fetched from Telegram (HTTP 404)"));

        await host.SayAsync(WithFile(InboundHost.Direct("look")));

        await host.SentAsync();
        Assert.Contains("look\n[media not available: document a.pdf: could not be fetched from Telegram (HTTP 404)]", host.Model.Requests[0].LastUserText, StringComparison.Ordinal);
    }

    /// <summary>As when the gateway has just started, or the account goes to another process in the midst of a file.</summary>
    [Fact]
    public async Task AChannelThatIsAway_IsWaitedFor()
    {
        await using var host = (await InboundHost.StartAsync()).Answers("seen");
        var isAway = true;
        await using var channel = await ServeAsync(host, part => part.Offset == 0 || !isAway ? null : ActionResult.Unavailable("not connected"));

        await host.SayAsync(WithFile(InboundHost.Direct("look")));
        await TestTimeouts.Until(() => _asked.Any(part => part.Offset > 0), "the file to break off");
        isAway = false;

        await host.SentAsync();
        Assert.Equal(_content, await File.ReadAllBytesAsync(Assert.Single(FilesOf(host))));
    }

    [Fact]
    public async Task AStop_OvertakesFilesThatDoNotCome_AndWhatWaitsBehindThem()
    {
        await using var host = await InboundHost.StartAsync();
        var hanging = new TaskCompletionSource();
        await using var channel = await ServeAsync(host, until: hanging.Task);
        await host.SayAsync(WithFile(InboundHost.Direct("look")));
        await host.SayAsync(InboundHost.Direct("and then do this", id: "2"));
        await TestTimeouts.Until(() => !_asked.IsEmpty, "the file to be asked for");

        await host.SayAsync(InboundHost.Direct("stop", id: "3"));

        Assert.Equal("⚙️ Agent was aborted.", (await host.SentAsync()).Text);
        hanging.SetResult();
        await host.SentNothingAsync();
        Assert.Empty(host.Model.Requests);
    }

    [Fact]
    public async Task AStop_OutlivesTheProcess_AsWhatWaitsDoes()
    {
        await using var host = await InboundHost.StartAsync();
        var hanging = new TaskCompletionSource();
        await using (await ServeAsync(host, until: hanging.Task))
        {
            await host.SayAsync(WithFile(InboundHost.Direct("look")));
            await host.SayAsync(InboundHost.Direct("and then do this", id: "2"));
            await TestTimeouts.Until(() => !_asked.IsEmpty, "the file to be asked for");
            // The disk knows whole milliseconds.
            var said = TimeProvider.System.GetUtcNow();
            await TestTimeouts.Until(() => TimeProvider.System.GetUtcNow() > said.AddMilliseconds(2), "a moment to pass");
            await host.SayAsync(InboundHost.Direct("stop", id: "3"));
            Assert.Equal("⚙️ Agent was aborted.", (await host.SentAsync()).Text);
            Assert.Single(Directory.GetFiles(StopsOf(host)));

            await host.RestartAsync();
        }
        await using var channel = await ServeAsync(host);

        await host.SettledAsync();
        Assert.Empty(host.Model.Requests);
        host.Answers("here");
        await host.SayAsync(InboundHost.Direct("and now?", id: "4"));
        Assert.Equal("here", (await host.SentAsync()).Text);
        Assert.Contains("and now?", Assert.Single(host.Model.Requests).LastUserText, StringComparison.Ordinal);

        // The next stop finds that nothing is left for the one before.
        await host.SettledAsync();
        await host.SayAsync(InboundHost.Direct("stop", id: "5"));
        Assert.Equal("⚙️ Agent was aborted.", (await host.SentAsync()).Text);
        Assert.Empty(Directory.GetFiles(StopsOf(host)));
    }

    [Fact]
    public async Task AStop_WhenNothingWaits_IsNotWritten()
    {
        await using var host = await InboundHost.StartAsync();
        await host.SayAsync(InboundHost.Direct("stop", id: "1"));
        Assert.Equal("⚙️ Agent was aborted.", (await host.SentAsync()).Text);
        Assert.False(Directory.Exists(StopsOf(host)));
    }

    private static string StopsOf(InboundHost host) => Path.Combine(host.Gateway.StateDirectory, "session-stops");

    [Fact]
    public async Task FilesOfAnAlbumThatDoNotCome_AreWaitedForTogether_AndTheRestIsThere()
    {
        var time = new ManualTimeProvider();
        await using var host = (await InboundHost.StartAsync(time: time)).Answers("some");
        var hanging = new TaskCompletionSource();
        await using var channel = await ServeAsync(host, until: hanging.Task, hangs: "slow");
        var media = new[] { "slow", "quick", "slow", "quick", "slow", "slow" }.Select((name, i) => new InboundMedia(MediaKind.Document) { Reference = name, FileName = $"{name}-{i}.pdf" });

        await host.SayAsync(InboundHost.Direct("look") with { Media = [.. media] });
        await TestTimeouts.Until(() => _asked.Count(part => part.Reference == "slow") == 3 && FilesOf(host).Count(file => file.EndsWith(".pdf", StringComparison.Ordinal)) == 2, "all but the slow files");
        time.Advance(InboundFiles.Patience);

        Assert.Equal("some", (await host.SentAsync()).Text);
        var text = host.Model.Requests[0].LastUserText;
        Assert.Equal(2, text.Split("[media attached: ").Length - 1);
        foreach (var i in (int[])[0, 2, 4, 5])
            Assert.Contains($"[media not available: document slow-{i}.pdf: it did not come in time]", text, StringComparison.Ordinal);
        hanging.SetResult();
    }

    private static InboundMessage WithFile(InboundMessage message) =>
        message with { Media = [new InboundMedia(MediaKind.Document) { Reference = "AgAD", ContentType = "application/pdf", FileName = "a.pdf" }] };

    private static string[] FilesOf(InboundHost host) =>
        Path.Combine(host.Gateway.StateDirectory, "media", "inbound") is var directory && Directory.Exists(directory) ? Directory.GetFiles(directory) : [];

    private async Task<ICallServer> ServeAsync(InboundHost host, Func<ReadMediaAction, ActionResult?>? instead = null, Task? until = null, string? hangs = null) => await host.Bus.Calls.ServeAsync(
        ChannelNames.AccountService("telegram", "default"),
        async (request, cancellation) =>
        {
            var action = JsonSerializer.Deserialize(request.Payload.Span, ChannelJsonContext.Default.ChannelAction);
            var result = ActionResult.Done;
            if (action is ReadMediaAction part)
            {
                _asked.Enqueue(part);
                if (until is not null && (hangs is null || part.Reference == hangs))
                    await until.WaitAsync(cancellation);
                var rest = _content.AsMemory((int)part.Offset);
                result = instead?.Invoke(part) ?? ActionResult.Done with { Content = rest[..Math.Min(rest.Length, ReadMediaAction.MaxPart)], Length = _content.Length };
            }
            return JsonSerializer.SerializeToUtf8Bytes(result, ChannelJsonContext.Default.ActionResult);
        });
}
