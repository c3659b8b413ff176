using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Core.Tests.Connections;

/// <summary>A client that does not read, while events go to everybody.</summary>
public sealed class SlowConsumerTests : IAsyncLifetime
{
    private const int EventBytes = 256 * 1024;

    /// <summary>Far more than the kernel takes for a client that does not read.</summary>
    private const int MostEvents = 400;

    private static readonly byte[] Payload = Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', EventBytes)}}"}""");

    private GatewayTestHost _host = null!;
    private RawClient _reader = null!;
    private RawClient _slow = null!;
    private GatewayConnection _slowConnection = null!;

    private Broadcaster Broadcaster => _host.Services.GetRequiredService<Broadcaster>();

    public async Task InitializeAsync()
    {
        _host = await GatewayTestHost.StartAsync();
        _reader = await _host.ConnectRawAsync();
        await _reader.HelloAsync();
        _slow = await _host.ConnectRawAsync();
        var hello = await _slow.HelloAsync();
        _slowConnection = _host.Services.GetRequiredService<ConnectionRegistry>().Find((string)hello["payload"]!["server"]!["connId"]!)!;
    }

    public async Task DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _slow.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Events_ThatMustNotBeMissed_CloseIt1008_OthersMissNothing_AndItsQueueIsBounded()
    {
        await BroadcastUntilAsync(WhenSlow.Close, () => Broadcaster.ClosedSlow > 0);

        var (code, reason, _) = await _slow.ReadToCloseAsync();
        Assert.Equal((CloseCodes.PolicyViolation, "slow consumer"), (code, reason));
        Assert.True((bool)(await _reader.RequestAsync("status"))["ok"]!);
    }

    [Fact]
    public async Task Events_ThatMayBeMissed_AreSkippedForIt_AndItSeesTheGapWhenItReadsOn()
    {
        await BroadcastUntilAsync(WhenSlow.Drop, () => Broadcaster.Dropped > 0);
        var dropped = (await _slow.RequestAsync("status", id: "caught-up"))["ok"];
        Assert.True((bool)dropped!);

        Broadcaster.Broadcast(EventNames.Tick, """{"text":"last"}"""u8.ToArray(), WhenSlow.Close);
        var last = (long)(await _slow.ReadUntilAsync(IsLast))["seq"]!;

        Assert.Equal(last, (long)(await _reader.ReadUntilAsync(IsLast))["seq"]!);
        Assert.Equal(0, Broadcaster.ClosedSlow);
    }

    private static bool IsLoad(JsonObject frame) => (string?)frame["event"] == EventNames.Tick && (string?)frame["payload"]!["text"] is { Length: EventBytes };

    private static bool IsLast(JsonObject frame) => (string?)frame["event"] == EventNames.Tick && (string?)frame["payload"]!["text"] == "last";

    /// <summary>Sends events, each after the one who reads has got the one before.</summary>
    private async Task BroadcastUntilAsync(WhenSlow whenSlow, Func<bool> done)
    {
        long? seq = null;
        for (var sent = 0; !done(); sent++)
        {
            Assert.True(sent < MostEvents, "nobody was found to be slow");
            Broadcaster.Broadcast(EventNames.Tick, Payload, whenSlow);
            Assert.InRange(_slowConnection.Outbound.QueuedEventBytes, 0, ProtocolLimits.MaxBufferedBytes + EventBytes + 1024);
            var next = (long)(await _reader.ReadUntilAsync(IsLoad))["seq"]!;
            Assert.True(seq is null || next > seq);
            seq = next;
        }
    }
}
