using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Client.Tests.Fakes;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Client.Tests.Connections;

public sealed class TickWatchTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Ticks_Missing_CloseTheConnectionWith4000()
    {
        var closed = new TaskCompletionSource<(int?, string?)>();
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            closed.SetResult(await c.DrainAsync());
        });
        await using var connection = await gateway.OpenAsync(_time);
        var request = connection.RequestAsync("a", default, new GatewayRequestOptions { Timeout = Timeout.InfiniteTimeSpan });

        // Two intervals are allowed in full: at 60 s it is still up, the check at 90 s ends it.
        for (var i = 0; i < 2; i++)
        {
            await TestTimeouts.Until(() => _time.ArmedTimers >= 1, "the tick watch");
            _time.Advance(TimeSpan.FromSeconds(30));
        }
        await TestTimeouts.Until(() => _time.ArmedTimers >= 1, "the tick watch");
        Assert.False(connection.Closed.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(new GatewayClose(4000, "tick timeout"), await connection.Closed.WithTimeout());
        Assert.Equal((4000, "tick timeout"), await closed.Task.WithTimeout());
        var error = await Assert.ThrowsAsync<GatewayClosedException>(() => request.WithTimeout());
        Assert.Equal("gateway closed (4000): tick timeout", error.Message);
    }

    [Fact]
    public async Task Ticks_Missing_OtherTrafficDoesNotCount()
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            while (true)
                await c.OkAsync(await c.ReceiveAsync());
        });
        await using var connection = await gateway.OpenAsync(_time);

        for (var i = 0; i < 3; i++)
        {
            await connection.RequestAsync("a", default).WithTimeout();
            await TestTimeouts.Until(() => _time.ArmedTimers >= 1, "the tick watch");
            _time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(4000, (await connection.Closed.WithTimeout()).Code);
    }

    [Fact]
    public async Task Ticks_Coming_KeepTheConnection()
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            while (true)
            {
                var request = await c.ReceiveAsync();
                await c.EventAsync("tick", """{"ts":1}""");
                await c.OkAsync(request);
            }
        });
        await using var connection = await gateway.OpenAsync(_time);

        for (var i = 0; i < 8; i++)
        {
            await TestTimeouts.Until(() => _time.ArmedTimers >= 1, "the tick watch");
            _time.Advance(TimeSpan.FromSeconds(30));
            // The answer comes behind the tick.
            await connection.RequestAsync("tick-please", default).WithTimeout();
        }

        Assert.False(connection.Closed.IsCompleted);
    }

    [Fact]
    public async Task Ticks_GatewayHangs_TheConnectionEndsWithoutItsHelp()
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            await c.HangAsync();
        });
        var connection = await gateway.OpenAsync(_time);

        var close = await connection.Closed.WhileTimePasses(_time, TimeSpan.FromSeconds(30));

        Assert.Equal(4000, close.Code);
        await connection.DisposeWhileTimePasses(_time);
    }
}
