using OpenClaw.Channels.Abstractions.Media;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Contract;

namespace OpenClaw.Channels.Abstractions.Tests.Media;

/// <summary>Files on their way to the provider.</summary>
public sealed class OutboundContentTests : IAsyncLifetime
{
    private static readonly OutboundMedia Large = new(MediaKind.Document, default, "text/plain") { Reference = "r", Length = 3 };

    private ChannelRig _rig = null!;

    public async Task InitializeAsync() => _rig = await ChannelRig.CreateAsync();

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Open_NoRoomForTheFile_MayComeLater()
    {
        await using var content = await OutboundContent.OpenAsync(_rig.Bus, Large, CancellationToken.None, static () => throw new IOException("No space left on /secret"));

        Assert.Equal(("the file could not be stored for sending (IOException); is the disk full?", true), (content.Problem, content.MayComeLater));
    }
}
