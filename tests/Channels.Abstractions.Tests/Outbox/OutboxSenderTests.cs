using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Channels.Abstractions.Tests.Support;
using OpenClaw.Channels.Contract;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Abstractions.Tests.Outbox;

/// <summary>What an attempt means.</summary>
public sealed class OutboxSenderTests : IAsyncLifetime
{
    private readonly MemoryChannel _channel = new();
    private readonly ManualTimeProvider _time = new();
    private bool _isOwner = true;
    private ChannelRig _rig = null!;
    private OutboxSender _sender = null!;

    public async Task InitializeAsync()
    {
        _rig = await ChannelRig.CreateAsync();
        var context = new ConnectionContext(_rig.Bus, _time, () => _isOwner, static _ => { });
        var connection = _channel.Connect(new ChannelAccount("a") { Fingerprint = "1" }, context);
        _sender = new OutboxSender(_rig.Bus, connection, context, NullLogger.Instance);
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Delivered_IsDone()
    {
        Assert.Equal(QueueVerdict.Done, await AttemptAsync(1));
        Assert.Equal((OutboxState.Delivered, "at m", false), await RecordAsync());
    }

    [Fact]
    public async Task RateLimited_ComesBackAfterAllOfIt()
    {
        Answer(new SendResult.RateLimited(TimeSpan.FromMinutes(7)));

        Assert.Equal(QueueVerdict.Postpone(TimeSpan.FromMinutes(7)), await AttemptAsync(1));
    }

    [Fact]
    public async Task RateLimitedForWeeks_IsAsLongAsTheQueueTakes()
    {
        Answer(new SendResult.RateLimited(TimeSpan.FromDays(20)));

        Assert.Equal(QueueVerdict.Postpone(QueueVerdict.MaxDelay), await AttemptAsync(1));
    }

    [Theory]
    [InlineData(1, 400)]
    [InlineData(2, 800)]
    [InlineData(5, 6400)]
    [InlineData(900, 30_000)]
    public async Task Transient_ComesBackAfterTheDocumentedTime(int attempt, int milliseconds)
    {
        Answer(new SendResult.Transient("down"));

        Assert.Equal(QueueVerdict.Retry("down", TimeSpan.FromMilliseconds(milliseconds)), await AttemptAsync(attempt));
    }

    [Fact]
    public async Task Refused_IsADeadLetter()
    {
        Answer(new SendResult.Refused("blocked"));

        Assert.Equal(QueueVerdict.Reject("blocked"), await AttemptAsync(1));
        Assert.Equal(OutboxState.Failed, (await RecordAsync()).State);
    }

    [Fact]
    public async Task Transient_LeavesNoDoubt()
    {
        Answer(new SendResult.Transient("down"));
        await AttemptAsync(1);
        Answer(new SendResult.Delivered("7"));
        await AttemptAsync(2);

        Assert.Equal((OutboxState.Delivered, "7", false), await RecordAsync());
    }

    [Fact]
    public async Task Ambiguous_LeavesADoubtForGood()
    {
        Answer(new SendResult.Ambiguous("reset"));
        await AttemptAsync(1);
        Answer(new SendResult.Transient("down"));
        await AttemptAsync(2);
        Answer(new SendResult.Delivered("7"));
        await AttemptAsync(3);

        Assert.Equal((OutboxState.Delivered, "7", true), await RecordAsync());
    }

    [Fact]
    public async Task AmbiguousThreeTimes_IsSetAsideForAPerson()
    {
        Answer(new SendResult.Ambiguous("reset"));
        Assert.Equal(QueueVerdict.Retry("reset", TimeSpan.FromMilliseconds(400)), await AttemptAsync(1));
        Answer(new SendResult.Transient("down"));
        await AttemptAsync(2);
        _channel.Send = static (_, _) => throw new InvalidOperationException("broke");
        await AttemptAsync(3);
        Answer(new SendResult.Ambiguous("reset"));

        Assert.Equal(QueueVerdict.Reject(OutboxReasons.Ambiguous + "reset"), await AttemptAsync(4));
        var record = (await _rig.FindRecordAsync("m"))!;
        Assert.Equal((OutboxState.Ambiguous, true, "reset", 3), (record.State, record.IsSetAside, record.Error, record.AmbiguousAttempts));
    }

    [Fact]
    public async Task DeathsInManyAttempts_CostNoDelivery()
    {
        for (var attempt = 1; attempt <= 40; attempt++)
            await StopInAttemptAsync(attempt, static () => throw new OperationCanceledException("the process died here"));
        Assert.Equal(OutboxState.Attempting, (await RecordAsync()).State);
        Answer(new SendResult.Ambiguous("reset"));

        Assert.Equal(QueueVerdict.Retry("reset", TimeSpan.FromSeconds(30)), await AttemptAsync(41));
        Answer(new SendResult.Delivered("7"));
        Assert.Equal(QueueVerdict.Done, await AttemptAsync(42));
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public async Task AmbiguousAfterTheNoteWasLost_IsSetAsideWhenItWasTriedOften(int attempt, bool isSetAside)
    {
        Answer(new SendResult.Ambiguous("reset"));

        await AttemptAsync(attempt);

        Assert.Equal(isSetAside, (await _rig.FindRecordAsync("m"))!.IsSetAside);
    }

    [Theory]
    [InlineData(false, "it could not be sent in time: down")]
    [InlineData(true, OutboxReasons.Ambiguous + "reset")]
    public async Task AttemptsUsedUp_TheLetterSaysWhetherItMayBeThere(bool isAmbiguous, string reason)
    {
        await OutboxRecords.WriteAsync(_rig.Bus, new OutboxRecord("m", OutboxState.Queued, 1) { Attempts = 999 }, expectedVersion: null, CancellationToken.None);
        Answer(isAmbiguous ? new SendResult.Ambiguous("reset") : new SendResult.Transient("down"));

        Assert.Equal(QueueVerdict.Reject(reason), await AttemptAsync(OutboxSender.Options.MaxAttempts));
    }

    [Fact]
    public async Task StoppedBeforeAnythingLeft_LeavesNoDoubtAndIsNoAttempt()
    {
        Answer(new SendResult.Transient("down"));
        await AttemptAsync(1);

        await StopInAttemptAsync(2, static () => new SendResult.Transient("stopped"));
        Answer(new SendResult.Delivered("7"));
        await AttemptAsync(2);

        Assert.Equal((OutboxState.Delivered, "7", false), await RecordAsync());
    }

    [Fact]
    public async Task OwnedAgain_LeavesNoDoubt()
    {
        Answer(new SendResult.Transient("down"));
        await AttemptAsync(1);
        _isOwner = false;
        await AttemptAsync(2);
        _isOwner = true;
        Answer(new SendResult.Delivered("7"));
        await AttemptAsync(2);

        Assert.Equal((OutboxState.Delivered, "7", false), await RecordAsync());
    }

    [Fact]
    public async Task DeathInAnAttempt_LeavesADoubt()
    {
        _channel.Send = static (_, _) => throw new OperationCanceledException("the process died here");
        using var killed = new CancellationTokenSource();
        await killed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AttemptAsync(1, cancellationToken: killed.Token));
        Answer(new SendResult.Delivered("7"));
        await AttemptAsync(2);

        Assert.Equal((OutboxState.Delivered, "7", true), await RecordAsync());
    }

    [Theory]
    [InlineData(OutboxState.Failed, "it could not be sent in time: down")]
    [InlineData(OutboxState.Ambiguous, "reset")]
    public async Task LastAttemptInTime_IsSetAsideForAPerson(OutboxState expected, string reason)
    {
        Answer(expected is OutboxState.Failed ? new SendResult.Transient("down") : new SendResult.Ambiguous("reset"));

        var verdict = await AttemptAsync(1, payload: Payload(expiresAt: _time.GetUtcNow().AddMilliseconds(400)));

        Assert.Equal(QueueVerdict.Reject(expected is OutboxState.Failed ? reason : OutboxReasons.Ambiguous + reason), verdict);
        var record = (await _rig.FindRecordAsync("m"))!;
        Assert.Equal((expected, true, reason), (record.State, record.IsSetAside, record.Error));
    }

    [Fact]
    public async Task RateLimitedBeyondItsTime_IsSetAside()
    {
        Answer(new SendResult.RateLimited(TimeSpan.FromMinutes(7)));

        Assert.Equal(QueueVerdict.Reject("the provider wants it later than it is worth sending"), await AttemptAsync(1, payload: Payload(expiresAt: _time.GetUtcNow().AddMinutes(6))));
        Assert.Equal(OutboxState.Failed, (await RecordAsync()).State);
    }

    [Fact]
    public async Task Expired_IsNotSentAndSetAside()
    {
        _channel.Send = static (_, _) => throw new InvalidOperationException("must not be asked");

        Assert.Equal(QueueVerdict.Reject("expired"), await AttemptAsync(1, isExpired: true));

        var record = (await _rig.FindRecordAsync("m"))!;
        Assert.Equal((OutboxState.Failed, true, true, 0, false), (record.State, record.IsSetAside, record.IsTooLate, record.Attempts, record.MayBeDouble));
    }

    [Theory]
    [InlineData(OutboxState.Queued, "down", "expired (down)", false)]
    [InlineData(OutboxState.Ambiguous, "reset", OutboxReasons.Ambiguous + "expired (reset)", true)]
    [InlineData(OutboxState.Attempting, null, OutboxReasons.Ambiguous + "expired", true)]
    [InlineData(null, null, OutboxReasons.Ambiguous + "expired", true)]
    public async Task ExpiredAfterAttempts_SaysWhetherItMayBeThere(OutboxState? before, string? error, string reason, bool isDoubtful)
    {
        if (before is { } state)
            await OutboxRecords.WriteAsync(_rig.Bus, new OutboxRecord("m", state, 1) { Attempts = 2, Error = error }, expectedVersion: null, CancellationToken.None);

        Assert.Equal(QueueVerdict.Reject(reason), await AttemptAsync(3, isExpired: true));
        // Who was killed before the queue heard of it says the same again.
        Assert.Equal(QueueVerdict.Reject(isDoubtful ? OutboxReasons.Ambiguous + "expired" : "expired"), await AttemptAsync(4, isExpired: true));

        Assert.Equal((isDoubtful ? OutboxState.Ambiguous : OutboxState.Failed, null, isDoubtful), await RecordAsync());
    }

    [Theory]
    [InlineData(OutboxState.Dropped, null)]
    [InlineData(OutboxState.Delivered, null)]
    [InlineData(OutboxState.Queued, "m~2")]
    public async Task ExpiredAndNotNeededAnyMore_IsNotKept(OutboxState before, string? retriedAs)
    {
        await OutboxRecords.WriteAsync(_rig.Bus, new OutboxRecord("m", before, 1) { RetriedAs = retriedAs }, expectedVersion: null, CancellationToken.None);

        Assert.Equal(QueueVerdict.Done, await AttemptAsync(1, isExpired: true));
        Assert.Equal(retriedAs, (await _rig.FindRecordAsync("m"))!.RetriedAs);
    }

    [Fact]
    public async Task RefusedAfterADoubt_IsStillInDoubt()
    {
        Answer(new SendResult.Ambiguous("reset"));
        await AttemptAsync(1);
        Answer(new SendResult.Refused("blocked"));

        Assert.Equal(QueueVerdict.Reject(OutboxReasons.Ambiguous + "blocked"), await AttemptAsync(2));
        Assert.Equal((OutboxState.Ambiguous, null, true), await RecordAsync());
    }

    [Theory]
    [InlineData(OutboxState.Dropped)]
    [InlineData(OutboxState.Delivered)]
    public async Task DroppedOrThereAlready_IsNotSent(OutboxState before)
    {
        _channel.Send = static (_, _) => throw new InvalidOperationException("must not be asked");
        await OutboxRecords.WriteAsync(_rig.Bus, new OutboxRecord("m", before, 1), expectedVersion: null, CancellationToken.None);

        Assert.Equal(QueueVerdict.Done, await AttemptAsync(2));
        Assert.Equal(before, (await RecordAsync()).State);
    }

    [Fact]
    public async Task DroppedWhileItIsSent_IsSentAllTheSame()
    {
        // Whoever drops reads the note before, and the attempt changes it meanwhile.
        await OutboxRecords.WriteAsync(_rig.Bus, new OutboxRecord("m", OutboxState.Queued, 1), expectedVersion: null, CancellationToken.None);
        var before = (await OutboxRecords.FindAsync(_rig.Bus, "m", CancellationToken.None))!.Value;
        long? dropped = -1;
        _channel.Send = async (_, _) =>
        {
            dropped = await OutboxRecords.WriteAsync(_rig.Bus, before.Record with { State = OutboxState.Dropped }, before.Version, CancellationToken.None);
            return new SendResult.Delivered("7");
        };

        Assert.Equal(QueueVerdict.Done, await AttemptAsync(1));
        Assert.Null(dropped);
        Assert.Equal((OutboxState.Delivered, "7", false), await RecordAsync());
    }

    [Fact]
    public async Task QueuedByTheWriterOnly_IsNoProofThatAnAttemptEnded()
    {
        await OutboxRecords.WriteAsync(_rig.Bus, new OutboxRecord("m", OutboxState.Queued, 1), expectedVersion: null, CancellationToken.None);

        await AttemptAsync(2);

        Assert.True((await RecordAsync()).MayBeDouble);
    }

    [Fact]
    public async Task NotTheOwner_SendsNothing()
    {
        _isOwner = false;
        _channel.Send = static (_, _) => throw new InvalidOperationException("must not be asked");

        Assert.Equal(QueueVerdict.Postpone(TimeSpan.FromSeconds(1)), await AttemptAsync(1));
    }

    [Fact]
    public async Task WhatIsNoMessage_IsADeadLetter() => Assert.Equal(QueueVerdict.Reject("not a message to send"), await AttemptAsync(1, payload: "{"u8.ToArray()));

    private static byte[] Payload(DateTimeOffset expiresAt) => JsonSerializer.SerializeToUtf8Bytes(
        new OutboundMessage { Id = "m", Channel = "memory", AccountId = "a", To = "x", Text = "hi", CreatedAtMs = 0, ExpiresAtMs = expiresAt.ToUnixTimeMilliseconds() },
        ChannelJsonContext.Default.OutboundMessage);

    private void Answer(SendResult result) => _channel.Send = (_, _) => Task.FromResult(result);

    private async Task<QueueVerdict> AttemptAsync(int attempt, byte[]? payload = null, bool isExpired = false, CancellationToken cancellationToken = default) => await _sender.HandleAsync(
        new QueueDelivery
        {
            Queue = "q",
            Id = "1",
            Key = "x",
            Attempt = attempt,
            IsExpired = isExpired,
            EnqueuedAt = _time.GetUtcNow(),
            Payload = payload ?? JsonSerializer.SerializeToUtf8Bytes(
                new OutboundMessage { Id = "m", Channel = "memory", AccountId = "a", To = "x", Text = "hi", CreatedAtMs = 0 },
                ChannelJsonContext.Default.OutboundMessage),
        },
        cancellationToken);

    /// <summary>An attempt while which its process ends.</summary>
    private async Task StopInAttemptAsync(int attempt, Func<SendResult> outcome)
    {
        using var stopped = new CancellationTokenSource();
        _channel.Send = async (_, _) =>
        {
            await stopped.CancelAsync();
            return outcome();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AttemptAsync(attempt, cancellationToken: stopped.Token));
    }

    private async Task<(OutboxState State, string? MessageId, bool MayBeDouble)> RecordAsync()
    {
        var record = (await _rig.FindRecordAsync("m"))!;
        return (record.State, record.MessageId, record.MayBeDouble);
    }
}
