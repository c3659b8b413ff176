using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Http.Runs;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Http;

public sealed class RunFeedTests
{
    [Fact]
    public void TextOfASecondTry_GoesOnWhereTheFirstOneWas() =>
        Assert.Equal("one two three", Read(Text("one two", "one two"), new AssistantReset(0), Text("one", "one"), Text("one two three", " two three")));

    [Fact]
    public void TextOfASecondTryThatIsAnother_FollowsAfterABlankLine() =>
        Assert.Equal("one two\n\nother words", Read(Text("one two", "one two"), new AssistantReset(0), Text("other", "other"), Text("other words", " words")));

    [Fact]
    public void FurtherMessage_FollowsAfterABlankLine() =>
        Assert.Equal("a b\n\nc", Read(Text("a", "a"), Text("a b", " b"), Text("c", "c")));

    [Fact]
    public void SilentReader_IsWokenFirstSoonAndThenRegularly()
    {
        var time = new ManualTimeProvider();
        using var feed = new RunFeed(time);

        time.Advance(TimeSpan.FromSeconds(20));

        Assert.True(feed.Items.TryRead(out var first) && first.Text is null);
        Assert.True(feed.Items.TryRead(out _));
        Assert.False(feed.Items.TryRead(out _));
    }

    private static string Read(params RunEvent[] events)
    {
        using var feed = new RunFeed(new ManualTimeProvider());
        foreach (var runEvent in events)
            feed.OnRunEvent(null!, runEvent);
        feed.OnRunEvent(null!, new RunEnded(0, 0, null));
        var text = "";
        while (feed.Items.TryRead(out var item))
            text += item.Text;
        Assert.True(feed.Items.Completion.IsCompleted);
        return text;
    }

    private static AssistantText Text(string text, string delta) => new(0, text.AsMemory(), delta, null);
}
