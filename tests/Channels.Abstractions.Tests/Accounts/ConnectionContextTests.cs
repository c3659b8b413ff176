using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Contract;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Abstractions.Tests.Accounts;

/// <summary>The way in.</summary>
public sealed class ConnectionContextTests : IAsyncLifetime
{
    private ChannelRig _rig = null!;
    private ConnectionContext _context = null!;

    public async Task InitializeAsync()
    {
        _rig = await ChannelRig.CreateAsync();
        _context = new ConnectionContext(_rig.Bus, TimeProvider.System, static () => true, static _ => { });
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Accept_TheSameTwice_IsStoredOnce()
    {
        Assert.True(await _context.AcceptAsync(Message("1"), CancellationToken.None));
        Assert.True(await _context.AcceptAsync(Message("1"), CancellationToken.None));
        Assert.True(await _context.AcceptAsync(Message("2"), CancellationToken.None));
        await _rig.WaitForInboundAsync(2);

        Assert.Equal(["1", "2"], _rig.Inbound.Select(message => message.MessageId));
    }

    /// <summary>Killed between storing and confirming: the provider sends the parts again, with one that came meanwhile.</summary>
    [Fact]
    public async Task Accept_PutTogetherAnewWithMoreParts_StoresTheNewOnesOnce()
    {
        Assert.True(await AcceptAsync(_context, "1", "2"));
        for (var restart = 0; restart < 2; restart++)
        {
            var next = new ConnectionContext(_rig.Bus, TimeProvider.System, static () => true, static _ => { });
            Assert.True(await AcceptAsync(next, "1", "2", "3", "4"));
            Assert.True(await AcceptAsync(next, "2"));
            Assert.True(await AcceptAsync(next, "3", "4"));
        }
        Assert.True(await _context.AcceptAsync(Message("9"), CancellationToken.None));

        await _rig.WaitForInboundAsync(all => all.Any(static message => message.MessageId == "9"));
        Assert.Equal(["1+2", "3+4", "9"], _rig.Inbound.Select(message => string.Join('+', message.PartIds.Prepend(message.MessageId))));
    }

    [Fact]
    public async Task Accept_PartsWhoseWholeCouldNotBeStored_AreStoredWithItLater()
    {
        _rig.Bus.RefusesAppends = true;
        Assert.False(await AcceptAsync(_context, "1", "2"));
        _rig.Bus.RefusesAppends = false;

        Assert.True(await AcceptAsync(_context, "1", "2"));

        await _rig.WaitForInboundAsync(1);
        Assert.Equal(["2"], Assert.Single(_rig.Inbound).PartIds);
    }

    /// <summary>An album is stored but not confirmed, one more part of it comes, and two processes die over it at the same place.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public async Task Accept_ThatEndsTwiceAtTheSamePlace_LosesNoPartAndRepeatsNone(int appends, bool isStored)
    {
        Assert.True(await AcceptAsync(_context, "1", "2"));
        for (var kill = 0; kill < 2; kill++)
        {
            _rig.Bus.DieAfter(appends, isStored);
            try
            {
                await AcceptAsync(NewContext(), "1", "2", "3", "4");
            }
            catch (ProcessDiedException)
            {
                // The provider sends all of it again.
            }
        }
        _rig.Bus.DieAfter(int.MaxValue);
        Assert.True(await AcceptAsync(NewContext(), "1", "2", "3", "4"));
        Assert.True(await _context.AcceptAsync(Message("9"), CancellationToken.None));

        await _rig.WaitForInboundAsync(all => all.Any(static message => message.MessageId == "9"));
        Assert.Equal(["1", "2", "3", "4", "9"], _rig.Inbound.SelectMany(message => message.PartIds.Prepend(message.MessageId)).Order(StringComparer.Ordinal));
    }

    /// <summary>Parts that come one by one, and then together with more.</summary>
    [Fact]
    public async Task Accept_OfPartsThatCameAlone_StoresTheOthers()
    {
        Assert.True(await AcceptAsync(_context, "2"));
        Assert.True(await AcceptAsync(NewContext(), "1", "2", "3"));
        Assert.True(await AcceptAsync(NewContext(), "3"));
        Assert.True(await AcceptAsync(NewContext(), "3", "4"));

        await _rig.WaitForInboundAsync(all => all.Any(static message => message.MessageId == "4"));
        Assert.Equal(["2", "1+3", "4"], _rig.Inbound.Select(message => string.Join('+', message.PartIds.Prepend(message.MessageId))));
    }

    private ConnectionContext NewContext() => new(_rig.Bus, TimeProvider.System, static () => true, static _ => { });

    private static ValueTask<bool> AcceptAsync(ConnectionContext context, params string[] ids) => context.AcceptAsync(Of(ids), Of, CancellationToken.None);

    private static InboundMessage Of(IReadOnlyList<string> ids) => Message(ids[0]) with { PartIds = [.. ids.Skip(1)] };

    [Theory]
    [InlineData("/stop", true)]
    [InlineData(" Stop ", true)]
    [InlineData("/status", true)]
    [InlineData("/whoami", true)]
    [InlineData("/help", true)]
    [InlineData("/new", false)]
    [InlineData("/model m2", false)]
    [InlineData("/think high", false)]
    [InlineData("stop it please", false)]
    [InlineData("hi", false)]
    public async Task Accept_WhatStopsOrAsks_HasALaneOfItsOwn(string text, bool isUrgent)
    {
        var message = Message("1") with { Text = text };
        var stored = new TaskCompletionSource<string>();
        await _rig.StopTakingAsync();
        await using var consumer = await _rig.Bus.Queues.ConsumeAsync(ChannelNames.InboundQueue, (delivery, _) =>
        {
            stored.TrySetResult(delivery.Key);
            return ValueTask.FromResult(Gateway.Bus.Queues.QueueVerdict.Done);
        });

        Assert.True(await _context.AcceptAsync(message, CancellationToken.None));

        Assert.Equal(isUrgent ? "memory:a:x:control" : "memory:a:x", await stored.Task.WithTimeout());
    }

    [Fact]
    public void Lane_OfWhatIsNoCommandOfItsSender_IsTheConversation()
    {
        var stop = Message("1") with { Text = "stop" };

        Assert.Equal("memory:a:x", (stop with { Forwarded = new ForwardOrigin("Ann") }).Lane);
        Assert.Equal("memory:a:x", (stop with { Kind = InboundKind.Button }).Lane);
        Assert.Equal("memory:a:x", (stop with { Media = [new InboundMedia(MediaKind.Image)] }).Lane);
    }

    [Fact]
    public async Task Accept_WithAnIdOfAnyLength_IsStored()
    {
        Assert.True(await _context.AcceptAsync(Message(new string('x', 5000)), CancellationToken.None));
        await _rig.WaitForInboundAsync(1);
    }

    [Fact]
    public async Task Accept_MediaBeyondTheQueue_KeepsTheWords()
    {
        var media = new InboundMedia(MediaKind.Document) { FileName = "a.bin", Content = new byte[9 << 20] };

        Assert.True(await _context.AcceptAsync(Message("1") with { Media = [media] }, CancellationToken.None));
        await _rig.WaitForInboundAsync(1);

        var stored = Assert.Single(_rig.Inbound[0].Media);
        Assert.Equal(("a.bin", "too large to be taken in"), (stored.FileName, stored.Problem));
        Assert.Null(stored.Content);
    }

    [Fact]
    public async Task Accept_WhenNothingCanBeStored_SaysSo()
    {
        _rig.Bus.RefusesAppends = true;

        Assert.False(await _context.AcceptAsync(Message("1"), CancellationToken.None));
    }

    [Theory]
    [InlineData("work-1", "outbound.telegram.work-1")]
    [InlineData("tëst", "outbound.telegram.x0f")]
    public void OutboundQueue_IsANameThatQueuesTake(string account, string start)
    {
        var queue = ChannelNames.OutboundQueue("telegram", account);

        Assert.StartsWith(start[..19], queue, StringComparison.Ordinal);
        Assert.True(queue.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or ':'));
    }

    private static InboundMessage Message(string id) => new()
    {
        Channel = "memory",
        AccountId = "a",
        MessageId = id,
        Chat = new ChatAddress(ChatType.Direct, "x"),
        Sender = new ChatSender("x"),
        Text = "hi",
    };
}
