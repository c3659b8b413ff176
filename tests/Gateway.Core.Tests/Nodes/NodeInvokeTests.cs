using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Nodes;

/// <summary>Nodes that are late, answer twice, come twice, leave, or are dead; what the recordings show of them is replayed elsewhere.</summary>
public sealed class NodeInvokeTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private readonly TestDevice _device = new(1);
    private GatewayTestHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayTestHost.StartAsync(time: _clock);

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _device.Dispose();
    }

    private int Waiting => _host.Services.GetRequiredService<NodeInvocations>().Count;

    [Fact]
    public async Task Answer_SecondTime_IsIgnored()
    {
        await using var node = await _host.NodeAsync(_device, "system.which");
        await using var client = await _host.OperatorAsync();
        await client.InvokeAsync("1", _device.Id, "system.which");
        var request = await node.RequestedAsync();

        Assert.False(await node.ReplyAsync(request));
        Assert.True(await node.ReplyAsync(request));

        var answer = await client.AnswerAsync("1");
        Assert.True((bool)answer["payload"]!["payload"]!["done"]!, answer.ToJsonString());
    }

    [Fact]
    public async Task CallerLeaves_TheAnswerIsIgnored_AndNothingIsKept()
    {
        await using var node = await _host.NodeAsync(_device, "system.which");
        var client = await _host.OperatorAsync();
        await client.InvokeAsync("1", _device.Id, "system.which");
        var request = await node.RequestedAsync();

        await client.DisposeAsync();
        await TestTimeouts.Until(() => Waiting == 0, "the question is forgotten");

        Assert.True(await node.ReplyAsync(request));
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData(4_000L, 4)]
    public async Task NoAnswer_TimesOutWhenItsTimeIsOver(long? timeoutMs, int seconds)
    {
        await using var node = await _host.NodeAsync(_device, "system.which");
        await using var client = await _host.OperatorAsync();
        await client.InvokeAsync("1", _device.Id, "system.which", timeoutMs);
        await node.RequestedAsync();
        var reading = KeepReading(node);
        await TestTimeouts.Until(() => Waiting == 1, "the node is asked");

        await _host.PassAsync(_clock, TimeSpan.FromSeconds(seconds - 1));
        Assert.Equal(1, Waiting);
        await _host.PassAsync(_clock, TimeSpan.FromSeconds(1));

        var answer = await client.AnswerAsync("1");
        Assert.Equal("TIMEOUT", (string?)answer["error"]!["details"]!["nodeError"]!["code"]);
        Assert.False(reading.IsCompleted);
    }

    [Fact]
    public async Task OldConnectionClosesLater_TheNewOneStays()
    {
        var old = await _host.NodeAsync(_device, "system.which");
        await using var node = await _host.NodeAsync(_device, "system.which");
        await using var client = await _host.OperatorAsync();

        await old.DisposeAsync();
        await client.ReadUntilAsync(frame => (string?)frame["event"] == "presence");

        Assert.True((bool)(await client.RowAsync(_device.Id))["connected"]!);
        await client.InvokeAsync("1", _device.Id, "system.which");
        Assert.False(await node.ReplyAsync(await node.RequestedAsync()));
        Assert.True((bool)(await client.AnswerAsync("1"))["ok"]!);
    }

    [Fact]
    public async Task NodeReconnects_AnswersOverTheNewConnectionWhatItWasAskedOverTheOldOne()
    {
        await using var old = await _host.NodeAsync(_device, "system.which");
        await using var client = await _host.OperatorAsync();
        await client.InvokeAsync("1", _device.Id, "system.which");
        var request = await old.RequestedAsync();
        await using var node = await _host.NodeAsync(_device, "system.which");

        Assert.False(await node.ReplyAsync(request));
        Assert.True((bool)(await client.AnswerAsync("1"))["ok"]!);
    }

    [Fact]
    public async Task DeadNode_IsFoundOutByTheCall_AndTheCallFailsWithIt()
    {
        // It never reads again, so it never answers a ping, and its network never says that it is gone.
        await using var node = await _host.NodeAsync(_device, "system.which");
        await node.SettleAsync();
        await using var client = await _host.OperatorAsync();
        await client.InvokeAsync("1", _device.Id, "system.which");
        await PingedForTheCallAsync(2);

        _clock.Advance(TimeSpan.FromSeconds(1));

        var answer = await client.AnswerAsync("1");
        Assert.Equal("Error: node disconnected (system.which)", (string?)answer["error"]!["message"]);
        Assert.False((bool)(await client.RowAsync(_device.Id))["connected"]!);
        await client.InvokeAsync("2", _device.Id, "system.which");
        Assert.Equal("node not connected", (string?)(await client.AnswerAsync("2"))["error"]!["message"]);
    }

    [Fact]
    public async Task NodeThatDiesRightAfterAnAnswer_IsFoundOutByTheNextCall()
    {
        await using var node = await _host.NodeAsync(_device, "system.which");
        await node.SettleAsync();
        await using var client = await _host.OperatorAsync();
        await client.InvokeAsync("1", _device.Id, "system.which");
        await PingedForTheCallAsync(2);
        Assert.False(await node.ReplyAsync(await node.RequestedAsync()));
        await client.AnswerAsync("1");
        await node.SettleAsync();

        await client.InvokeAsync("2", _device.Id, "system.which");
        await PingedForTheCallAsync(3);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("Error: node disconnected (system.which)", (string?)(await client.AnswerAsync("2"))["error"]!["message"]);
    }

    [Fact]
    public async Task DeadNode_ThatNobodyCalls_IsFoundOutByItsNextPing()
    {
        await using var node = await _host.NodeAsync(_device, "system.which");
        await node.SettleAsync();
        await using var client = await _host.OperatorAsync();

        _clock.Advance(NodePulse.Interval);
        Assert.True((bool)(await client.RowAsync(_device.Id))["connected"]!);
        _clock.Advance(NodePulse.Patience);

        Assert.False((bool)(await client.RowAsync(_device.Id))["connected"]!);
    }

    [Fact]
    public async Task NodeThatDiesInTheMidstOfACall_IsFoundOutWithinASecond()
    {
        await using var node = await _host.NodeAsync(_device, "system.which");
        await node.SettleAsync();
        await using var client = await _host.OperatorAsync();
        await client.InvokeAsync("1", _device.Id, "system.which");
        await PingedForTheCallAsync(2);
        // The last that it reads.
        await node.SettleAsync();

        _clock.Advance(NodePulse.BusyInterval);
        await PingedForTheCallAsync(3);
        _clock.Advance(NodePulse.BusyPatience);

        Assert.Equal("Error: node disconnected (system.which)", (string?)(await client.AnswerAsync("1"))["error"]!["message"]);
    }

    [Fact]
    public async Task NodeThatAnswersPingsLate_IsWaitedForAccordingly()
    {
        await using var node = await _host.NodeAsync(_device, "system.which");
        await PingedForTheCallAsync(1);
        // A satellite in between: the first answer tells.
        _clock.Advance(TimeSpan.FromMilliseconds(900));
        await node.SettleAsync();
        await using var client = await _host.OperatorAsync();
        await client.InvokeAsync("1", _device.Id, "system.which");
        await PingedForTheCallAsync(2);

        _clock.Advance(TimeSpan.FromSeconds(1.5));

        Assert.False(await node.ReplyAsync(await node.RequestedAsync()));
        Assert.True((bool)(await client.AnswerAsync("1"))["ok"]!);
    }

    [Fact]
    public async Task SlowNode_ThatAnswersPings_IsNotFailed()
    {
        await using var node = await _host.NodeAsync(_device, "system.which");
        await using var client = await _host.OperatorAsync();
        await client.InvokeAsync("1", _device.Id, "system.which");
        await TestTimeouts.Until(() => Waiting == 1, "the node is asked");
        var reading = KeepReading(node);

        await _host.PassAsync(_clock, TimeSpan.FromSeconds(10));

        Assert.Equal(1, Waiting);
        Assert.False(reading.IsCompleted);
    }

    [Fact]
    public async Task QuietNode_ThatAnswersPings_Stays()
    {
        await using var node = await _host.NodeAsync(_device, "system.which");
        await using var client = await _host.OperatorAsync();
        var reading = KeepReading(node);

        await _host.PassAsync(_clock, TimeSpan.FromMinutes(1));

        Assert.True((bool)(await client.RowAsync(_device.Id))["connected"]!);
        Assert.False(reading.IsCompleted);
    }

    [Fact]
    public async Task Stop_DoesNotWaitForADeadNode()
    {
        await using var node = await _host.NodeAsync(_device, "system.which");
        await using var client = await _host.OperatorAsync();
        await client.InvokeAsync("1", _device.Id, "system.which");
        await TestTimeouts.Until(() => Waiting == 1, "the node is asked");

        // Its own patience is one second of the real clock; a wait for the call would be thirty of the other.
        await _host.StopAsync().WithTimeout();

        Assert.Equal(0, Waiting);
    }

    [Fact]
    public async Task AnotherNode_CannotAnswerInItsPlace()
    {
        using var stranger = new TestDevice(2);
        await using var node = await _host.NodeAsync(_device, "system.which");
        await using var other = await _host.NodeAsync(stranger, "system.which");
        await using var client = await _host.OperatorAsync();
        await client.InvokeAsync("1", _device.Id, "system.which");
        var request = await node.RequestedAsync();

        var forged = new JsonObject { ["id"] = (string)request["id"]!, ["nodeId"] = stranger.Id, ["ok"] = true };
        Assert.True((bool)(await other.RequestAsync("node.invoke.result", forged))["payload"]!["ignored"]!);
        forged["nodeId"] = _device.Id;
        Assert.Equal("nodeId mismatch", (string?)(await other.RequestAsync("node.invoke.result", forged))["error"]!["message"]);

        Assert.False(await node.ReplyAsync(request));
    }

    /// <summary>Waits until the network has taken this many pings; until then the node's time does not begin.</summary>
    private Task PingedForTheCallAsync(int pings)
    {
        var connection = _host.Services.GetRequiredService<NodeRegistry>().All.Single().Connection;
        return TestTimeouts.Until(() => connection.Pings == pings && connection.Outbound.DrainAsync().IsCompleted, $"ping {pings}");
    }

    private static async Task KeepReading(RawClient node)
    {
        try
        {
            while (await node.ReadAsync() is not null)
            {
            }
        }
        catch (Exception e) when (e is System.Net.WebSockets.WebSocketException or TimeoutException or ObjectDisposedException or OperationCanceledException)
        {
            // The test is over.
        }
    }
}
