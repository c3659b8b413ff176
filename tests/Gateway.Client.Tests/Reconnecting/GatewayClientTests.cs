using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Client.Tests.Fakes;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Client.Tests.Reconnecting;

public sealed class GatewayClientTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task RunAsync_ConnectionLost_ConnectsAgainAfterASecond()
    {
        await using var gateway = await FakeGateway.StartAsync(
            async c =>
            {
                await c.GreetAsync();
                await c.EventAsync("tick", """{"ts":1}""", 1);
                await c.EventAsync("tick", """{"ts":2}""", 4);
                await c.CloseAsync(1012, "service restart");
            },
            async c =>
            {
                await c.GreetAsync();
                await c.OkAsync(await c.ReceiveAsync(), "\"second\"");
                await c.DrainAsync();
            });
        var client = new GatewayClient(gateway.Options(_time), () => 0);
        await using var notices = client.RunAsync().GetAsyncEnumerator();

        Assert.IsType<GatewayConnected>(await NextAsync(notices));
        Assert.Equal(1, Assert.IsType<GatewayEvent>(await NextAsync(notices)).Seq);
        Assert.Equal(new GatewaySeqGap(2, 4), await NextAsync(notices));
        Assert.Equal(4, Assert.IsType<GatewayEvent>(await NextAsync(notices)).Seq);
        var lost = Assert.IsType<GatewayDisconnected>(await NextAsync(notices));
        Assert.Equal("gateway closed (1012): service restart", lost.Reason);
        Assert.Equal(TimeSpan.FromSeconds(1), lost.RetryIn);
        Assert.Throws<GatewayNotConnectedException>(() => { _ = client.RequestAsync("a", default); });

        Assert.IsType<GatewayConnected>(await NextAfterAsync(notices, TimeSpan.FromSeconds(1)));
        Assert.Equal("\"second\"", (await client.RequestAsync("a", default).WithTimeout()).Payload.Text());
        Assert.Equal(2, gateway.Connections);
    }

    [Fact]
    public async Task RunAsync_GatewayAway_WaitsLongerEachTimeUpToHalfAMinute()
    {
        await using var gateway = await FakeGateway.StartAsync(async c => await c.CloseAsync(1013, ""));
        var client = new GatewayClient(gateway.Options(_time), () => 0);
        await using var notices = client.RunAsync().GetAsyncEnumerator();

        var delays = new List<double> { Retry(await NextAsync(notices)) };
        while (delays.Count < 8)
            delays.Add(Retry(await NextAfterAsync(notices, TimeSpan.FromSeconds(delays[^1]))));

        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], delays);
    }

    [Fact]
    public async Task RunAsync_ConnectedAgain_StartsFromTheShortestDelay()
    {
        await using var gateway = await FakeGateway.StartAsync(
            c => c.CloseAsync(1013, ""),
            c => c.CloseAsync(1013, ""),
            async c =>
            {
                await c.GreetAsync();
                await c.CloseAsync(1012, "");
            });
        var client = new GatewayClient(gateway.Options(_time), () => 0);
        await using var notices = client.RunAsync().GetAsyncEnumerator();

        Assert.Equal(1, Retry(await NextAsync(notices)));
        Assert.Equal(2, Retry(await NextAfterAsync(notices, TimeSpan.FromSeconds(1))));
        Assert.IsType<GatewayConnected>(await NextAfterAsync(notices, TimeSpan.FromSeconds(2)));
        Assert.Equal(1, Retry(await NextAsync(notices)));
    }

    [Fact]
    public async Task RunAsync_ShutdownThatNamesItsReturn_WaitsThatLong()
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            await c.EventAsync("shutdown", """{"reason":"gateway restarting","restartExpectedMs":1500}""", 1);
            await c.CloseAsync(1012, "service restart");
        });
        var client = new GatewayClient(gateway.Options(_time), () => 0.5);
        await using var notices = client.RunAsync().GetAsyncEnumerator();

        Assert.IsType<GatewayConnected>(await NextAsync(notices));
        Assert.IsType<GatewayEvent>(await NextAsync(notices));
        Assert.Equal(1.5 * 1.25, Retry(await NextAsync(notices)));
    }

    [Theory]
    [InlineData("""{"reason":"gateway stopping","restartExpectedMs":null}""", 1)]
    [InlineData("""{"restartExpectedMs":"soon"}""", 1)]
    [InlineData("[]", 1)]
    [InlineData("""{"reason":"x","restartExpectedMs":1e15}""", 30)]
    [InlineData("""{"reason":"x","restartExpectedMs":-5}""", 0)]
    public async Task RunAsync_ShutdownWithOtherContent_IsBounded(string payload, double delay)
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            await c.EventAsync("shutdown", payload);
            await c.CloseAsync(1012, "service restart");
        });
        var client = new GatewayClient(gateway.Options(_time), () => 0);
        await using var notices = client.RunAsync().GetAsyncEnumerator();

        Assert.IsType<GatewayConnected>(await NextAsync(notices));
        Assert.IsType<GatewayEvent>(await NextAsync(notices));
        Assert.Equal(delay, Retry(await NextAsync(notices)));
    }

    [Theory]
    [InlineData("""{"code":"INVALID_REQUEST","message":"unauthorized: gateway token mismatch (x)"}""")]
    [InlineData("""{"code":"INVALID_REQUEST","message":"unauthorized"}""")]
    [InlineData("""{"code":"INVALID_REQUEST","message":"protocol mismatch","details":{"expectedProtocol":3}}""")]
    [InlineData("""{"code":"INVALID_REQUEST","message":"invalid connect params: must be object"}""")]
    [InlineData("""{"code":"INVALID_REQUEST","message":"device signature invalid"}""")]
    [InlineData("""{"code":"NOT_PAIRED","message":"device identity required"}""")]
    public async Task RunAsync_RefusedForGood_Ends(string error)
    {
        await using var gateway = await FakeGateway.StartAsync(c => c.RefuseAsync(error, 1008, "no"));
        var client = new GatewayClient(gateway.Options(_time), () => 0);
        await using var notices = client.RunAsync().GetAsyncEnumerator();

        var end = Assert.IsType<GatewayDisconnected>(await NextAsync(notices));

        Assert.Null(end.RetryIn);
        Assert.NotNull(end.Error);
        Assert.False(await notices.MoveNextAsync().AsTask().WithTimeout());
        Assert.Equal(1, gateway.Connections);
    }

    [Theory]
    [InlineData("""{"code":"NOT_PAIRED","message":"pairing required","details":{"requestId":"r"}}""", 1)]
    [InlineData("""{"code":"NOT_PAIRED","message":"pairing required: device is not approved yet (requestId: r)"}""", 1)]
    [InlineData("""{"code":"INVALID_REQUEST","message":"device nonce required"}""", 1)]
    [InlineData("""{"code":"UNAVAILABLE","message":"starting","retryable":true,"retryAfterMs":500}""", 0.5)]
    public async Task RunAsync_RefusedForNow_TriesAgain(string error, double delay)
    {
        await using var gateway = await FakeGateway.StartAsync(
            c => c.RefuseAsync(error, 1008, "not yet"),
            async c =>
            {
                await c.GreetAsync();
                await c.DrainAsync();
            });
        var client = new GatewayClient(gateway.Options(_time), () => 0);
        await using var notices = client.RunAsync().GetAsyncEnumerator();

        var refusal = Assert.IsType<GatewayDisconnected>(await NextAsync(notices));
        Assert.Equal(delay, refusal.RetryIn!.Value.TotalSeconds);
        Assert.IsType<GatewayConnected>(await NextAfterAsync(notices, refusal.RetryIn.Value));
    }

    [Fact]
    public async Task RunAsync_Cancelled_ClosesTheConnection()
    {
        var closed = new TaskCompletionSource<int?>();
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            closed.SetResult((await c.DrainAsync()).Code);
        });
        var client = new GatewayClient(gateway.Options(_time), () => 0);
        using var stop = new CancellationTokenSource();
        await using (var notices = client.RunAsync(stop.Token).GetAsyncEnumerator(stop.Token))
        {
            Assert.IsType<GatewayConnected>(await NextAsync(notices));
            var next = notices.MoveNextAsync().AsTask();
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WithTimeout());
        }

        Assert.Equal(1000, await closed.Task.WithTimeout());
        Assert.Throws<GatewayNotConnectedException>(() => { _ = client.RequestAsync("a", default); });
    }

    [Fact]
    public async Task RunAsync_Twice_IsAMistake()
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            await c.DrainAsync();
        });
        var client = new GatewayClient(gateway.Options(_time));
        await using var notices = client.RunAsync().GetAsyncEnumerator();
        await NextAsync(notices);

        await using var second = client.RunAsync().GetAsyncEnumerator();
        await Assert.ThrowsAsync<InvalidOperationException>(() => second.MoveNextAsync().AsTask());
    }

    private static double Retry(GatewayNotice notice) => Assert.IsType<GatewayDisconnected>(notice).RetryIn!.Value.TotalSeconds;

    private static async Task<GatewayNotice> NextAsync(IAsyncEnumerator<GatewayNotice> notices)
    {
        Assert.True(await notices.MoveNextAsync().AsTask().WithTimeout());
        return notices.Current;
    }

    /// <summary>The next notice, which must come after exactly this delay.</summary>
    private async Task<GatewayNotice> NextAfterAsync(IAsyncEnumerator<GatewayNotice> notices, TimeSpan delay)
    {
        var armed = _time.ArmedTimers;
        var next = NextAsync(notices);
        await TestTimeouts.Until(() => _time.ArmedTimers > armed, "the delay before the next attempt");
        _time.Advance(delay - TimeSpan.FromMilliseconds(1));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        return await next;
    }
}
