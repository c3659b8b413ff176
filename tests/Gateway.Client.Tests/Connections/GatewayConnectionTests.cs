using System.Text;
using System.Text.Json;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Client.Tests.Fakes;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Client.Tests.Connections;

public sealed class GatewayConnectionTests
{
    [Fact]
    public async Task RequestAsync_Answer_IsTheGatewaysPayload()
    {
        var asked = new TaskCompletionSource<JsonElement>();
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            var request = await c.ReceiveAsync();
            asked.SetResult(request);
            await c.OkAsync(request, """{"ok":true,"text":"grüße 🦞"}""");
            await c.DrainAsync();
        });
        await using var connection = await gateway.OpenAsync();

        var response = await connection.RequestAsync("health", Gateways.Json("""{"probe":true}""")).WithTimeout();

        Assert.True(response.Ok);
        Assert.Null(response.Error);
        Assert.Equal("""{"ok":true,"text":"grüße 🦞"}""", response.Payload.Text());
        var request = await asked.Task;
        Assert.Equal("req", request.GetProperty("type").GetString());
        Assert.Equal("health", request.GetProperty("method").GetString());
        Assert.True(request.GetProperty("params").GetProperty("probe").GetBoolean());
        Assert.True(Guid.TryParse(request.GetProperty("id").GetString(), out _));
    }

    [Fact]
    public async Task RequestAsync_NoParams_SendsNone()
    {
        var asked = new TaskCompletionSource<JsonElement>();
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            asked.SetResult(await c.ReceiveAsync());
            await c.HangAsync();
        });
        await using var connection = await gateway.OpenAsync();
        using var stop = new CancellationTokenSource();
        var request = connection.RequestAsync("health", default, cancellationToken: stop.Token);

        Assert.False((await asked.Task.WithTimeout()).TryGetProperty("params", out _));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request.WithTimeout());
    }

    [Fact]
    public async Task RequestAsync_Refusal_IsData()
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            await c.ErrorAsync(
                await c.ReceiveAsync(),
                """{"code":"UNAVAILABLE","message":"later","details":{"n":[1]},"retryable":true,"retryAfterMs":250}""");
            await c.DrainAsync();
        });
        await using var connection = await gateway.OpenAsync();

        var response = await connection.RequestAsync("send", Gateways.Json("{}")).WithTimeout();

        Assert.False(response.Ok);
        Assert.Equal("UNAVAILABLE", response.Error!.Code);
        Assert.Equal("later", response.Error.Message);
        Assert.True(response.Error.Retryable);
        Assert.Equal(250, response.Error.RetryAfterMs);
        Assert.Equal(1, response.Error.Details!.Value.GetProperty("n")[0].GetInt32());
    }

    [Fact]
    public async Task RequestAsync_AnswersOutOfOrder_ReachTheirRequests()
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            var requests = new List<JsonElement>();
            for (var i = 0; i < 3; i++)
                requests.Add(await c.ReceiveAsync());
            requests.Reverse();
            foreach (var request in requests)
                await c.OkAsync(request, request.GetProperty("params").GetRawText());
            await c.DrainAsync();
        });
        await using var connection = await gateway.OpenAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(i => connection.RequestAsync("echo", Gateways.Json($$"""{"n":{{i}}}""")))).WithTimeout();

        Assert.Equal(["""{"n":0}""", """{"n":1}""", """{"n":2}"""], answers.Select(a => a.Payload.Text()));
    }

    [Fact]
    public async Task RequestAsync_AnsweredTwice_TakesTheFirstAndDropsTheSecond()
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            var first = await c.ReceiveAsync();
            await c.OkAsync(first, "1");
            await c.OkAsync(first, "2");
            await c.OkAsync(await c.ReceiveAsync(), "3");
            await c.DrainAsync();
        });
        await using var connection = await gateway.OpenAsync();

        Assert.Equal("1", (await connection.RequestAsync("a", default).WithTimeout()).Payload.Text());
        Assert.Equal("3", (await connection.RequestAsync("b", default).WithTimeout()).Payload.Text());
    }

    [Fact]
    public async Task RequestAsync_ConnectionClosedMeanwhile_FailsAllAtOnceWithCodeAndReason()
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            await c.ReceiveAsync();
            await c.ReceiveAsync();
            await c.CloseAsync(1012, "service restart");
        });
        await using var connection = await gateway.OpenAsync();
        var one = connection.RequestAsync("a", default);
        var two = connection.RequestAsync("b", default);

        var error = await Assert.ThrowsAsync<GatewayClosedException>(() => one.WithTimeout());
        await Assert.ThrowsAsync<GatewayClosedException>(() => two.WithTimeout());
        Assert.Equal("gateway closed (1012): service restart", error.Message);
        Assert.Equal(new GatewayClose(1012, "service restart"), await connection.Closed.WithTimeout());
        var late = await Assert.ThrowsAsync<GatewayClosedException>(() => connection.RequestAsync("c", default).WithTimeout());
        Assert.Equal(1012, late.Close.Code);
    }

    [Fact]
    public async Task RequestAsync_GatewayDies_FailsAs1006()
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            await c.ReceiveAsync();
            c.Abort();
        });
        await using var connection = await gateway.OpenAsync();

        var error = await Assert.ThrowsAsync<GatewayClosedException>(() => connection.RequestAsync("a", default).WithTimeout());

        Assert.Equal("gateway closed (1006 abnormal closure (no close frame)): no close reason", error.Message);
    }

    [Fact]
    public async Task RequestAsync_SlowGateway_TimesOutAndTheLateAnswerIsDropped()
    {
        var answer = new TaskCompletionSource();
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            var slow = await c.ReceiveAsync();
            await answer.Task;
            await c.OkAsync(slow, "\"late\"");
            await c.OkAsync(await c.ReceiveAsync(), "\"prompt\"");
            await c.DrainAsync();
        });
        var time = new ManualTimeProvider();
        await using var connection = await gateway.OpenAsync(time);

        var request = connection.RequestAsync("slow", default, new GatewayRequestOptions { Timeout = TimeSpan.FromSeconds(2) });
        await TestTimeouts.Until(() => time.ArmedTimers >= 2, "the tick watch and the request's timeout");
        time.Advance(TimeSpan.FromSeconds(2));

        var error = await Assert.ThrowsAsync<GatewayTimeoutException>(() => request.WithTimeout());
        Assert.Equal("gateway timeout after 2000ms", error.Message);
        answer.SetResult();
        Assert.Equal("\"prompt\"", (await connection.RequestAsync("b", default).WithTimeout()).Payload.Text());
    }

    [Fact]
    public async Task RequestAsync_LargerThanTheGatewayTakes_IsNotSent()
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync("""{"type":"hello-ok","policy":{"maxPayload":1000}}""");
            await c.OkAsync(await c.ReceiveAsync(), "1");
            await c.DrainAsync();
        });
        await using var connection = await gateway.OpenAsync();

        var error = await Assert.ThrowsAsync<GatewayRequestTooLargeException>(
            () => connection.RequestAsync("send", Gateways.Json("\"" + new string('x', 1000) + "\"")));

        Assert.Contains("at most 1000", error.Message, StringComparison.Ordinal);
        Assert.Equal("1", (await connection.RequestAsync("small", default).WithTimeout()).Payload.Text());
    }

    [Fact]
    public async Task DisposeAsync_LivingGateway_SeesANormalClose()
    {
        var closed = new TaskCompletionSource<int?>();
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            closed.SetResult((await c.DrainAsync()).Code);
        });
        var connection = await gateway.OpenAsync();

        await connection.DisposeAsync();
        await connection.DisposeAsync();

        Assert.Equal(1000, await closed.Task.WithTimeout());
    }

    [Fact]
    public async Task DisposeAsync_HangingGateway_DoesNotWaitForIt()
    {
        var time = new ManualTimeProvider();
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            await c.HangAsync();
        });
        var connection = await gateway.OpenAsync(time);

        await connection.DisposeWhileTimePasses(time);

        Assert.True(connection.Closed.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task RequestAsync_GatewayThatDoesNotRead_StillTimesOut()
    {
        var time = new ManualTimeProvider();
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            await c.HangAsync();
        });
        var connection = await gateway.OpenAsync(time);
        // Far more than the socket's buffers and the queue hold.
        var big = Encoding.UTF8.GetBytes("\"" + new string('x', 500_000) + "\"");
        var requests = Enumerable.Range(0, 100)
            .Select(_ => connection.RequestAsync("a", big, new GatewayRequestOptions { Timeout = TimeSpan.FromSeconds(5) }))
            .ToArray();

        foreach (var request in requests)
            await Assert.ThrowsAsync<GatewayTimeoutException>(() => request.WhileTimePasses(time, TimeSpan.FromSeconds(1)));
        await connection.DisposeWhileTimePasses(time);
    }
}
