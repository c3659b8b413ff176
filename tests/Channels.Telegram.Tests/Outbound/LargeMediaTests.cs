using System.Text.Json;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Channels.Abstractions.Media;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Channels.Telegram.Outbound;
using OpenClaw.Channels.Telegram.Tests.Support;
using OpenClaw.Fakes.Telegram;
using OpenClaw.Gateway.Bus.Calls;

namespace OpenClaw.Channels.Telegram.Tests.Outbound;

/// <summary>Files that their message only names, because they are larger than what a queue takes.</summary>
public sealed class LargeMediaTests
{
    private readonly byte[] _content = new byte[9 << 20];

    public LargeMediaTests() => new Random(7).NextBytes(_content);

    [Fact]
    public async Task File_IsGotFromTheCoreAndSentWhole()
    {
        await using var rig = await TelegramRig.StartAsync();
        await using var core = await ServeAsync(rig);
        // And again with the same file, as the API wants it another way.
        rig.Bot.Faults.Add(Fault.BadRequest("sendDocument", "message thread not found"));
        rig.Bot.Chat(-100).Topics.Add(7);

        var record = await rig.SendAsync(Message() with { To = "-100", ThreadId = "7" });

        Assert.Equal(OutboxState.Delivered, record.State);
        Assert.All(rig.Bot.CallsOf("sendDocument"), call => Assert.Equal(_content, call.Files["document"].Content));
        Assert.Equal(2, rig.Bot.CallsOf("sendDocument").Count);
    }

    [Fact]
    public async Task CoreThatIsAway_TheFileIsSentWhenItIsBack()
    {
        await using var rig = await TelegramRig.StartAsync();
        await rig.Rig.SendAsync(Message());
        await rig.Rig.WaitForRecordAsync("large", record => record is { State: OutboxState.Queued, Error: not null });
        await using var core = await ServeAsync(rig);

        var record = await rig.Rig.WaitForRecordAsync("large", record => record.IsOver);

        Assert.Equal(OutboxState.Delivered, record.State);
        Assert.False(record.MayBeDouble);
        Assert.Equal(_content, Assert.Single(rig.Bot.CallsOf("sendDocument")).Files["document"].Content);
    }

    [Fact]
    public async Task FileThatIsNotThereAnyMore_FailsVisibly_AndHoldsUpNothing()
    {
        await using var rig = await TelegramRig.StartAsync();
        await using var core = await ServeAsync(rig, length: 1 << 20);

        var record = await rig.SendAsync(Message());

        Assert.Equal((OutboxState.Failed, "the file is not there any more"), (record.State, record.Error));
        Assert.Empty(rig.Bot.CallsOf("sendDocument"));
        Assert.Equal(OutboxState.Delivered, (await rig.SendAsync("and then?")).State);
    }

    [Theory]
    [InlineData(0, 120)]
    [InlineData(16 << 10, 121)]
    [InlineData(50 << 20, 3320)]
    public void UploadTimeout_GrowsWithTheFile(long length, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), MessageSender.UploadTimeoutOf(length));

    private OutboundMessage Message() => TelegramRig.Message("large", "") with
    {
        Media = new OutboundMedia(MediaKind.Document, default, "application/octet-stream") { Reference = "r", Length = _content.Length },
    };

    private async Task<ICallServer> ServeAsync(TelegramRig rig, int? length = null) => await rig.Rig.Bus.Calls.ServeAsync(ChannelNames.MediaService, (request, _) =>
    {
        var part = JsonSerializer.Deserialize(request.Payload.Span, ChannelJsonContext.Default.MediaPartRequest)!;
        var rest = _content.AsMemory(0, length ?? _content.Length)[(int)part.Offset..];
        return ValueTask.FromResult<ReadOnlyMemory<byte>>(rest[..Math.Min(rest.Length, MediaPartRequest.MaxPart)]);
    });
}
