using OpenClaw.Channels.Telegram.Api;
using OpenClaw.Channels.Telegram.Inbound;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Telegram.Tests.Inbound;

/// <summary>What is one message, by a clock that the test moves.</summary>
public sealed class ChatLaneTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<long[]> _handled = [];
    private readonly ChatLane _lane;

    public ChatLaneTests() => _lane = new ChatLane(
        (updates, _) =>
        {
            lock (_handled)
                _handled.Add([.. updates.Select(update => update.Update.Message!.MessageId)]);
            return Task.CompletedTask;
        },
        _time);

    private static string Long => new('x', GatherSettings.PasteStart);

    [Fact]
    public async Task Texts_AreHandledAtOnceAndInOrder()
    {
        await RunAsync(Text(1, "a"), Text(2, "b"));

        Assert.Equal([[1], [2]], _handled);
    }

    [Fact]
    public async Task Album_WaitsForItsPartsAndTakesThemFromBetweenOthers()
    {
        var work = RunAsync(Photo(1, "album"), Text(2, "between"), Photo(3, "album"));
        await Armed();
        Assert.Empty(_handled);
        _time.Advance(TimeSpan.FromMilliseconds(499));
        _lane.Post(Photo(4, "album"));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await AdvanceUntilDone(work);

        Assert.Equal([[1, 3, 4], [2]], _handled);
    }

    [Fact]
    public async Task TwoAlbums_AreTwoMessages()
    {
        var work = RunAsync(Photo(1, "a"), Photo(2, "b"), Photo(3, "a"));
        await AdvanceUntilDone(work);

        Assert.Equal([[1, 3], [2]], _handled);
    }

    [Fact]
    public async Task LongText_TakesWhatFollowsWithTheNextIds()
    {
        var work = RunAsync(Text(1, Long), Text(2, Long), Text(3, "end"));
        await AdvanceUntilDone(work);

        Assert.Equal([[1, 2, 3]], _handled);
    }

    [Fact]
    public async Task LongText_AloneGoesOnAfterTheQuietTime()
    {
        var work = RunAsync(Text(1, Long));
        await Armed();
        _time.Advance(TimeSpan.FromMilliseconds(1499));
        Assert.Empty(_handled);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await work.WithTimeout();

        Assert.Equal([[1]], _handled);
    }

    [Theory]
    [InlineData(3, 7, "text")]
    [InlineData(2, 8, "text")]
    [InlineData(2, 7, "/stop")]
    public async Task LongText_EndsAtOnceAtWhatDoesNotContinueIt(long id, long sender, string text)
    {
        await RunAsync(Text(1, Long), Text(id, text, sender));

        Assert.Equal([[1], [id]], _handled);
    }

    [Fact]
    public async Task LongText_HasNoMoreThanItsPartsAndLength()
    {
        var work = RunAsync([.. Enumerable.Range(1, 14).Select(i => Text(i, new string('x', 4100)))]);
        await AdvanceUntilDone(work);

        Assert.Equal(12, _handled[0].Length);
        Assert.Equal([13, 14], _handled[1]);
    }

    [Fact]
    public void Merge_LongText_IsOneTextWithTheIdsOfItsParts()
    {
        var merged = Gathering.Merge([Part("1", "one "), Part("2", "two "), Part("3", "three")]).Message;

        Assert.Equal(("1", "one two three"), (merged.MessageId, merged.Text));
        Assert.Equal(["2", "3"], merged.PartIds);
    }

    private static NormalizedMessage Part(string id, string text) => new(
        new Abstractions.Messages.InboundMessage
        {
            Channel = "telegram",
            AccountId = "default",
            MessageId = id,
            Chat = new Abstractions.Messages.ChatAddress(Abstractions.Messages.ChatType.Direct, "42"),
            Sender = new Abstractions.Messages.ChatSender("42"),
            Text = text,
        },
        []);

    private static IncomingUpdate Text(long id, string text, long sender = 7) =>
        new(new Update { UpdateId = id, Message = new Message { MessageId = id, Chat = new Chat { Id = 1 }, From = new User { Id = sender }, Text = text } }, static () => { });

    private static IncomingUpdate Photo(long id, string album) =>
        new(new Update { UpdateId = id, Message = new Message { MessageId = id, Chat = new Chat { Id = 1 }, From = new User { Id = 7 }, MediaGroupId = album } }, static () => { });

    private Task RunAsync(params IncomingUpdate[] updates)
    {
        foreach (var update in updates)
            _lane.Post(update);
        return _lane.RunAsync(CancellationToken.None);
    }

    private Task Armed() => TestTimeouts.Until(() => _time.ArmedTimers > 0, "the lane waiting");

    private async Task AdvanceUntilDone(Task work) => await TestTimeouts.Until(
        () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return work.IsCompleted;
        },
        "the lane to be done");
}
