using OpenClaw.Gateway.Bus.Topics;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Contract;

/// <summary>What every implementation of <see cref="ITopics"/> does.</summary>
public abstract class TopicContractTests : BusContractTests
{
    [Fact]
    public async Task Publish_TwoSubscribers_BothReceiveInOrder()
    {
        await using var first = await Bus.Topics.SubscribeAsync("t");
        await using var second = await Bus.Topics.SubscribeAsync("t");
        for (var i = 0; i < 100; i++)
            Assert.Equal(PublishOutcome.Published, await Bus.Topics.PublishAsync("t", Bytes($"{i}")));

        var expected = Enumerable.Range(0, 100).Select(i => $"{i}");
        Assert.Equal(expected, await ReadAsync(first, 100));
        Assert.Equal(expected, await ReadAsync(second, 100));
        Assert.Equal(0, first.Dropped);
    }

    [Fact]
    public async Task Publish_NobodySubscribed_IsPublishedAndGone()
    {
        Assert.Equal(PublishOutcome.Published, await Bus.Topics.PublishAsync("t", Bytes("early")));
        await using var late = await Bus.Topics.SubscribeAsync("t");
        await Bus.Topics.PublishAsync("t", Bytes("late"));
        Assert.Equal(["late"], await ReadAsync(late, 1));
    }

    [Fact]
    public async Task Publish_OtherTopic_IsNotReceived()
    {
        await using var subscription = await Bus.Topics.SubscribeAsync("t");
        await Bus.Topics.PublishAsync("T", Bytes("other case"));
        await Bus.Topics.PublishAsync("t*", Bytes("no pattern"));
        await Bus.Topics.PublishAsync("t", Bytes("ours"));
        Assert.Equal(["ours"], await ReadAsync(subscription, 1));
    }

    [Fact]
    public async Task Subscribe_NameWithWildcard_MatchesOnlyItself()
    {
        await using var subscription = await Bus.Topics.SubscribeAsync("a.*");
        await Bus.Topics.PublishAsync("a.b", Bytes("no"));
        await Bus.Topics.PublishAsync("a.*", Bytes("yes"));
        Assert.Equal(["yes"], await ReadAsync(subscription, 1));
    }

    [Fact]
    public async Task Publish_EmptyPayload_IsReceivedEmpty()
    {
        await using var subscription = await Bus.Topics.SubscribeAsync("t");
        await Bus.Topics.PublishAsync("t", default);
        Assert.Equal([""], await ReadAsync(subscription, 1));
    }

    [Fact]
    public async Task Publish_BufferReusedAfterwards_SubscriberSeesWhatWasPublished()
    {
        await using var subscription = await Bus.Topics.SubscribeAsync("t");
        var buffer = "before"u8.ToArray();
        await Bus.Topics.PublishAsync("t", buffer);
        "after!"u8.CopyTo(buffer);
        Assert.Equal(["before"], await ReadAsync(subscription, 1));
    }

    [Fact]
    public async Task Publish_ConcurrentPublishers_EachOneIsInOrder()
    {
        const int Publishers = 8, Each = 200;
        await using var subscription = await Bus.Topics.SubscribeAsync("t", new TopicSubscriptionOptions { Capacity = Publishers * Each });
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(p => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
                await Bus.Topics.PublishAsync("t", Bytes($"{p}:{i}"));
        })));

        var received = (await ReadAsync(subscription, Publishers * Each)).Select(m => m.Split(':')).ToLookup(m => m[0], m => int.Parse(m[1]));
        Assert.Equal(Publishers, received.Count);
        Assert.All(received, publisher => Assert.Equal(Enumerable.Range(0, Each), publisher));
    }

    [Fact]
    public async Task Publish_SlowSubscriber_OldestAreDroppedAndCounted()
    {
        await using var slow = await Bus.Topics.SubscribeAsync("t", new TopicSubscriptionOptions { Capacity = 10 });
        for (var i = 0; i < 100; i++)
            await Bus.Topics.PublishAsync("t", Bytes($"{i}"));
        await Bus.Topics.PublishAsync("t", Bytes("last"));

        var received = new List<TopicMessage>();
        await foreach (var message in slow.ReadAllAsync().WithCancellation(Deadline()))
        {
            received.Add(message);
            if (Text(message.Payload) == "last")
                break;
        }
        Assert.True(slow.Dropped > 0);
        Assert.Equal(101, received.Count + slow.Dropped);
        Assert.Equal(slow.Dropped, received.Sum(m => m.DroppedBefore));
    }

    [Fact]
    public async Task Publish_SlowSubscriberAndBytesLimit_DropsButKeepsTheNewest()
    {
        await using var slow = await Bus.Topics.SubscribeAsync("t", new TopicSubscriptionOptions { CapacityBytes = 1024 });
        for (var i = 0; i < 8; i++)
            await Bus.Topics.PublishAsync("t", new byte[600]);
        await Bus.Topics.PublishAsync("t", new byte[2000]);

        var last = default(TopicMessage);
        var received = 0;
        await foreach (var message in slow.ReadAllAsync().WithCancellation(Deadline()))
        {
            received++;
            last = message;
            if (message.Payload.Length == 2000)
                break;
        }
        Assert.Equal(2000, last.Payload.Length);
        Assert.True(slow.Dropped > 0);
        Assert.Equal(9, received + slow.Dropped);
    }

    [Fact]
    public async Task Publish_OneSubscriberNeverReads_OthersAreNotAffected()
    {
        await using var stuck = await Bus.Topics.SubscribeAsync("t", new TopicSubscriptionOptions { Capacity = 1 });
        await using var other = await Bus.Topics.SubscribeAsync("t");
        for (var i = 0; i < 50; i++)
            await Bus.Topics.PublishAsync("t", Bytes($"{i}")).AsTask().WithTimeout();
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), await ReadAsync(other, 50));
    }

    [Fact]
    public async Task Publish_LargerThanTheBusCarries_IsRefused()
    {
        await using var subscription = await Bus.Topics.SubscribeAsync("t");
        Assert.Equal(PublishOutcome.TooLarge, await Bus.Topics.PublishAsync("t", new byte[Harness.MaxPayloadBytes + 1]));
        Assert.Equal(PublishOutcome.Published, await Bus.Topics.PublishAsync("t", new byte[Harness.MaxPayloadBytes]));
        Assert.Equal(Harness.MaxPayloadBytes, (await ReadAsync(subscription, 1))[0].Length);
    }

    [Fact]
    public async Task Dispose_WhileReading_EndsTheLoopAndLeavesOthers()
    {
        var ended = await Bus.Topics.SubscribeAsync("t");
        await using var other = await Bus.Topics.SubscribeAsync("t");
        var loop = Task.Run(async () =>
        {
            await foreach (var _ in ended.ReadAllAsync())
            {
            }
        });
        await ended.DisposeAsync();
        await loop.WithTimeout();
        await ended.DisposeAsync();
        await Bus.Topics.PublishAsync("t", Bytes("on"));
        Assert.Equal(["on"], await ReadAsync(other, 1));
    }

    [Fact]
    public async Task ReadAll_Cancelled_ThrowsAndCanBeReadAgain()
    {
        await using var subscription = await Bus.Topics.SubscribeAsync("t");
        using var stop = new CancellationTokenSource();
        var first = subscription.ReadAllAsync(stop.Token).GetAsyncEnumerator();
        var reading = first.MoveNextAsync().AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WithTimeout());
        await first.DisposeAsync();

        await Bus.Topics.PublishAsync("t", Bytes("still here"));
        Assert.Equal(["still here"], await ReadAsync(subscription, 1));
    }

    [Fact]
    public async Task ReadAll_SecondReader_IsRefused()
    {
        await using var subscription = await Bus.Topics.SubscribeAsync("t");
        await Bus.Topics.PublishAsync("t", Bytes("1"));
        await using var first = subscription.ReadAllAsync(Deadline()).GetAsyncEnumerator();
        Assert.True(await first.MoveNextAsync());
        await using var second = subscription.ReadAllAsync(Deadline()).GetAsyncEnumerator();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await second.MoveNextAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public async Task Publish_NameThatIsNone_Throws(string topic) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Bus.Topics.PublishAsync(topic, default));

    [Fact]
    public async Task Subscribe_OptionsOutOfRange_SaysWhichAndWhatIsAllowed()
    {
        var options = new TopicSubscriptionOptions { Capacity = 0, CapacityBytes = 5 };
        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await Bus.Topics.SubscribeAsync("t", options));
        Assert.Contains("Capacity is 0; allowed is 1 to 1000000.", error.Message, StringComparison.Ordinal);
        Assert.Contains("CapacityBytes is 5", error.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Deadline() => new CancellationTokenSource(TestTimeouts.Wait).Token;

    private static async Task<List<string>> ReadAsync(ITopicSubscription subscription, int count)
    {
        var messages = new List<string>();
        await foreach (var message in subscription.ReadAllAsync().WithCancellation(Deadline()))
        {
            messages.Add(Text(message.Payload));
            if (messages.Count == count)
                break;
        }
        return messages;
    }
}
