using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Channels.Contract;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Abstractions.Tests.Outbox;

/// <summary>What is noted of a message before anybody sends it.</summary>
public sealed class OutboxWriterTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private ChannelRig _rig = null!;
    private OutboxWriter _writer = null!;

    public async Task InitializeAsync()
    {
        _rig = await ChannelRig.CreateAsync();
        _writer = new OutboxWriter(_rig.Bus, _time);
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Stored_IsNotedAsQueued_WithItsChatAndItsEnd()
    {
        Assert.True((await AppendAsync("m")).IsStored);

        var record = (await _rig.FindRecordAsync("m"))!;
        Assert.Equal((OutboxState.Queued, "42", "9", 0), (record.State, record.To, record.ThreadId, record.Attempts));
        Assert.Equal(_time.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds(), record.ExpiresAtMs);
    }

    [Fact]
    public async Task Repeated_DoesNotForgetWhatBecameOfIt()
    {
        await AppendAsync("m");
        await OutboxRecords.WriteAsync(_rig.Bus, (await _rig.FindRecordAsync("m"))! with { State = OutboxState.Delivered }, expectedVersion: null, CancellationToken.None);

        Assert.Equal(AppendOutcome.Duplicate, (await AppendAsync("m")).Outcome);
        Assert.Equal(OutboxState.Delivered, (await _rig.FindRecordAsync("m"))!.State);
    }

    [Fact]
    public async Task RepeatedWhenTheNoteIsGone_IsNotNotedAsIfItWaited()
    {
        await AppendAsync("m");
        await _rig.Bus.Maps.RemoveAsync(ChannelNames.OutboxMap, "m");

        await AppendAsync("m");

        Assert.Null(await _rig.FindRecordAsync("m"));
    }

    [Fact]
    public async Task NotStored_LeavesNoNote()
    {
        var huge = new OutboundMedia(MediaKind.Document, new byte[64 << 20], "text/plain");

        Assert.False((await AppendAsync("m", huge)).IsAccepted);
        Assert.Null(await _rig.FindRecordAsync("m"));
    }

    private ValueTask<AppendResult> AppendAsync(string id, OutboundMedia? media = null) => _writer.AppendAsync(
        new OutboundMessage { Id = id, Channel = "memory", AccountId = "a", To = "42", ThreadId = "9", Text = "hi", Media = media, CreatedAtMs = 5 },
        TimeSpan.FromHours(1),
        CancellationToken.None);
}
