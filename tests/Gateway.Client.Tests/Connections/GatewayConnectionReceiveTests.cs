using System.Text.Json;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Client.Tests.Fakes;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Client.Tests.Connections;

public sealed class GatewayConnectionReceiveTests
{
    [Fact]
    public async Task Receive_GarbageFrames_AreIgnored()
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            var request = await c.ReceiveAsync();
            var id = request.GetProperty("id").GetString();
            foreach (var garbage in new[]
            {
                "", " ", "null", "[]", "1", "{", "{}", "not json", "{\"type\":\"res\"}", "{\"type\":\"event\"}", "{\"type\":\"event\",\"event\":\"\"}",
                $$"""{"type":"res","id":"{{id}}"}""", $$"""{"type":"res","id":"{{id}}","ok":"yes"}""", $$"""{"type":"res","id":7,"ok":true}""",
                $$"""{"type":"res","id":"{{id}}","ok":true} trailing""", """{"type":"event","event":"\ud800"}""",
                $$"""{"type":"req","id":"{{id}}","ok":true}""", "{\"type\":\"event\",\"event\":\"x\",\"payload\":" + new string('[', 5000),
            })
                await c.SendAsync(garbage);
            await c.SendAsync([0xff, 0xfe, 0x00], System.Net.WebSockets.WebSocketMessageType.Binary);
            await c.OkAsync(request, "\"good\"");
            await c.DrainAsync();
        });
        await using var connection = await gateway.OpenAsync();

        Assert.Equal("\"good\"", (await connection.RequestAsync("a", default).WithTimeout()).Payload.Text());
    }

    [Fact]
    public async Task Receive_FrameOfANewerGateway_IsReadDespiteUnknownProperties()
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            var request = await c.ReceiveAsync();
            await c.SendAsync($$"""{"new":{"a":[1]},"type":"res","ok":true,"payload":{"x":1},"id":{{request.GetProperty("id").GetRawText()}},"error":null}""");
            await c.DrainAsync();
        });
        await using var connection = await gateway.OpenAsync();

        Assert.Equal("""{"x":1}""", (await connection.RequestAsync("a", default).WithTimeout()).Payload.Text());
    }

    [Fact]
    public async Task Receive_LargeAnswer_Arrives()
    {
        var text = new string('a', 6 * 1024 * 1024);
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            await c.OkAsync(await c.ReceiveAsync(), "\"" + text + "\"");
            await c.DrainAsync();
        });
        await using var connection = await gateway.OpenAsync();

        Assert.Equal(text.Length + 2, (await connection.RequestAsync("chat.history", default).WithTimeout()).Payload.Length);
    }

    [Fact]
    public async Task Receive_OversizedMessage_ClosesWith1009()
    {
        var closed = new TaskCompletionSource<int?>();
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            await c.ReceiveAsync();
            try
            {
                await c.SendAsync(new byte[GatewaySocket.MaxMessageBytes + 1]);
            }
            catch (Exception error) when (error is System.Net.WebSockets.WebSocketException or IOException)
            {
                // The client may be gone before all of it is sent.
            }
            closed.SetResult((await c.DrainAsync()).Code);
        });
        await using var connection = await gateway.OpenAsync();

        var error = await Assert.ThrowsAsync<GatewayClosedException>(() => connection.RequestAsync("a", default).WithTimeout());

        Assert.Equal("gateway closed (1009): message too big", error.Message);
        Assert.Equal(1009, await closed.Task.WithTimeout());
    }

    [Fact]
    public async Task Receive_TextThatIsNotUtf8_EndsTheConnectionWithAReason()
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync();
            await c.ReceiveAsync();
            await c.SendAsync([0x22, 0xff, 0x22]);
            await c.DrainAsync();
        });
        await using var connection = await gateway.OpenAsync();

        var error = await Assert.ThrowsAsync<GatewayClosedException>(() => connection.RequestAsync("a", default).WithTimeout());

        Assert.DoesNotContain("no close reason", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExpectFinal_RecordedAgentRun_GivesTheSecondAnswerAndAllEventsInOrder()
    {
        var script = RecordedSession.AgentRun();
        await using var gateway = await FakeGateway.StartAsync(script.PlayAsync);
        await using var connection = await gateway.OpenAsync();
        GatewayResponse? accepted = null;

        var final = await connection.RequestAsync(
            "agent",
            Gateways.Json("""{"message":"hello","idempotencyKey":"r-1","sessionKey":"main"}"""),
            new GatewayRequestOptions { ExpectFinal = true, Accepted = a => accepted = a }).WithTimeout();

        Assert.Equal("accepted", JsonDocument.Parse(accepted!.Payload).RootElement.GetProperty("status").GetString());
        Assert.Equal("completed", JsonDocument.Parse(final.Payload).RootElement.GetProperty("summary").GetString());
        await connection.Closed.WithTimeout();
        var notices = new List<GatewayNotice>();
        await foreach (var notice in connection.ReadNoticesAsync())
            notices.Add(notice);
        var events = Assert.IsType<GatewayEvent[]>(notices.Cast<GatewayEvent>().ToArray());
        Assert.Equal(script.EventNames, events.Select(e => e.Name));
        Assert.Equal(14, events.Count(e => e.Name is "agent" or "chat"));
        Assert.Equal(Enumerable.Range(4, 14).Select(n => (long?)n), events.Where(e => e.Name is "agent" or "chat").Select(e => e.Seq));
    }

    [Fact]
    public async Task WithoutExpectFinal_RecordedAgentRun_GivesTheFirstAnswer()
    {
        await using var gateway = await FakeGateway.StartAsync(RecordedSession.AgentRun().PlayAsync);
        await using var connection = await gateway.OpenAsync();

        var answer = await connection.RequestAsync("agent", Gateways.Json("{}")).WithTimeout();

        Assert.Equal("accepted", JsonDocument.Parse(answer.Payload).RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Hello_Recorded_IsReadableByTheContract()
    {
        await using var gateway = await FakeGateway.StartAsync(RecordedSession.AgentRun().PlayAsync);
        await using var connection = await gateway.OpenAsync();

        Assert.Equal(3, connection.Hello.Protocol);
        Assert.Equal(TimeSpan.FromSeconds(30), connection.Hello.TickInterval);
        Assert.Equal(524288, connection.Hello.MaxPayload);
        Assert.Null(connection.Hello.DeviceToken);
        var whole = JsonSerializer.Deserialize(connection.Hello.Payload.Span, ProtocolJson.Context.HelloOk)!;
        Assert.Equal("main", whole.Snapshot.SessionDefaults.DefaultAgentId);
        await connection.RequestAsync("agent", default).WithTimeout();
    }
}
