using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Hosting;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Channels;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Channels.Sending;

/// <summary>What people see of messages to send, and what they can decide about them.</summary>
public sealed class OutboxMethodsTests : IAsyncLifetime
{
    private const string Config = """{ gateway: { mode: "local", auth: { token: "tok-test" } }, channels: { telegram: { botToken: "1:a", dmPolicy: "allowlist" } } }""";

    private readonly ScriptedChannel _channel = new();
    private GatewayTestHost _host = null!;
    private RawClient _client = null!;

    private IBus Bus => _host.Services.GetRequiredService<IBus>();

    public async Task InitializeAsync()
    {
        _host = await GatewayTestHost.StartAsync(Config, services: services =>
        {
            services.AddSingleton<IChannel>(_channel);
            services.AddHostedService<ChannelHost>();
        });
        var directory = _host.Services.GetRequiredService<ChannelDirectory>();
        await TestTimeouts.Until(async () => await directory.FindStatusAsync("telegram", "default", CancellationToken.None) is { Connected: true }, "the channel to run");
        _client = await _host.ConnectRawAsync();
        await _client.HelloAsync();
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Refused_IsListedAsFailed_AndSentAgainOnce()
    {
        _channel.Results.Enqueue(new SendResult.Refused("blocked"));
        var id = await SendAsync("m1", OutboxState.Failed);

        var row = Assert.Single((await CallAsync("outbox.list", new JsonObject { ["state"] = "failed" }))["messages"]!.AsArray())!;
        Assert.Equal((id, "telegram", "42", "blocked", 1, true), ((string?)row["id"], (string?)row["channel"], (string?)row["to"], (string?)row["reason"], (int)row["attempts"]!, (bool)row["kept"]!));
        Assert.DoesNotContain("secret", row.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(1, (int)(await CallAsync("outbox.status", []))["counts"]!["failed"]!);

        await using var other = await _host.ConnectRawAsync();
        await other.HelloAsync();
        var answers = await Task.WhenAll(_client.RequestAsync("outbox.retry", Id(id)), other.RequestAsync("outbox.retry", Id(id)));

        // Who comes second may be told so or find the same done; in either case it is sent once.
        Assert.Contains(answers, answer => (bool)answer["ok"]!);
        await WaitForAsync(id + "~1", OutboxState.Delivered);
        Assert.Equal(2, _channel.Attempts.Count);
        Assert.Equal($"message {id} was sent again as {id}~1", await FailAsync("outbox.retry", id));
        Assert.Equal($"message {id} was sent again as {id}~1", await FailAsync("outbox.drop", id));
        Assert.Equal($"message {id}~1 was delivered", await FailAsync("outbox.retry", id + "~1"));
        Assert.Equal($"message {id}~1 was delivered", await FailAsync("outbox.drop", id + "~1"));
    }

    [Fact]
    public async Task AmbiguousToTheEnd_IsListed_AndSentAgainWithAWarning()
    {
        _channel.Results.Enqueue(new SendResult.Ambiguous("connection reset"));
        _channel.Results.Enqueue(new SendResult.Refused("blocked"));
        var id = await SendAsync("m1", OutboxState.Ambiguous);

        Assert.Equal(1, (int)(await CallAsync("outbox.status", []))["counts"]!["ambiguous"]!);
        var answer = await CallAsync("outbox.retry", Id(id));

        Assert.Equal("it may have arrived before, and may now be there twice", (string?)answer["warning"]);
        await WaitForAsync(id + "~1", OutboxState.Delivered);
        Assert.Equal(3, _channel.Attempts.Count);
    }

    [Fact]
    public async Task Failed_WhenItsNoteIsGone_IsStillListedAndDropped()
    {
        _channel.Results.Enqueue(new SendResult.Refused("blocked"));
        var id = await SendAsync("m1", OutboxState.Failed);
        // Notes end with the process; what the queue set aside does not.
        await Bus.Maps.RemoveAsync(ChannelNames.OutboxMap, id);

        Assert.Equal("failed", (string?)Assert.Single((await CallAsync("outbox.list", []))["messages"]!.AsArray())!["state"]);
        Assert.False((bool)(await CallAsync("outbox.drop", Id(id)))["pending"]!);
        Assert.Equal($"message {id} was dropped", await FailAsync("outbox.drop", id));
        Assert.Equal($"message {id} was dropped", await FailAsync("outbox.retry", id));
        Assert.Equal(0, (await Bus.Queues.GetStatisticsAsync("outbound.telegram.default")).DeadLetters);
        Assert.Single(_channel.Attempts);
    }

    [Fact]
    public async Task KilledAfterTheDecision_TheSameDecisionEndsIt()
    {
        _channel.Results.Enqueue(new SendResult.Refused("blocked"));
        var id = await SendAsync("m1", OutboxState.Failed);
        var known = (await OutboxRecords.FindAsync(Bus, id, CancellationToken.None))!.Value;
        await OutboxRecords.WriteAsync(Bus, known.Record with { RetriedAs = id + "~1" }, known.Version, CancellationToken.None);

        Assert.Equal($"message {id} was sent again as {id}~1", await FailAsync("outbox.drop", id));
        Assert.Equal(id + "~1", (string?)(await CallAsync("outbox.retry", Id(id)))["retriedAs"]);

        await WaitForAsync(id + "~1", OutboxState.Delivered);
        Assert.Equal(2, _channel.Attempts.Count);
    }

    [Fact]
    public async Task BeingSent_CanNeitherBeDroppedNorSentAgain()
    {
        var sending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var end = new TaskCompletionSource<SendResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _channel.Sending = async () =>
        {
            sending.TrySetResult();
            return await end.Task;
        };
        await AppendAsync("m1");
        await sending.Task.WithTimeout();

        Assert.Equal("message m1 is being sent, which cannot be stopped any more", await FailAsync("outbox.drop", "m1"));
        Assert.Equal("message m1 is being sent", await FailAsync("outbox.retry", "m1"));
        end.SetResult(new SendResult.Delivered("p"));

        await WaitForAsync("m1", OutboxState.Delivered);
        Assert.Single(_channel.Attempts);
    }

    [Fact]
    public async Task Waiting_CanBeDropped_AndIsNotSent()
    {
        // The first one holds up its chat.
        var end = new TaskCompletionSource<SendResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _channel.Sending = () => end.Task;
        await AppendAsync("m1");
        await AppendAsync("m2");
        await WaitForAsync("m1", OutboxState.Attempting);

        Assert.Equal("message m2 is still being tried; it is sent, or fails, by itself", await FailAsync("outbox.retry", "m2"));
        Assert.False((bool)(await CallAsync("outbox.drop", Id("m2")))["pending"]!);
        // Gone before its turn: a process that is killed now does not send it when it comes back.
        Assert.Equal(1, await Bus.Queues.GetStatisticsAsync("outbound.telegram.default") is var left ? left.Waiting + left.InFlight : 0);
        end.SetResult(new SendResult.Delivered("p"));

        await TestTimeouts.Until(async () => await Bus.Queues.GetStatisticsAsync("outbound.telegram.default") is { Waiting: 0, InFlight: 0 }, "the queue to be empty");
        Assert.Equal("m1", Assert.Single(_channel.Attempts).Id);
        Assert.Equal("dropped", (string?)(await CallAsync("outbox.list", []))["messages"]!.AsArray().Last()!["state"]);
    }

    [Fact]
    public async Task Waiting_WhenTheNotesAreGone_IsStillListedAndCanBeDropped()
    {
        var end = new TaskCompletionSource<SendResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _channel.Sending = () => end.Task;
        await AppendAsync("m1");
        await AppendAsync("m2");
        await WaitForAsync("m1", OutboxState.Attempting);
        // Notes end with the process; what the queue has does not.
        await Bus.Maps.RemoveAsync(ChannelNames.OutboxMap, "m1");
        await Bus.Maps.RemoveAsync(ChannelNames.OutboxMap, "m2");

        var list = await CallAsync("outbox.list", new JsonObject { ["channel"] = "telegram" });

        Assert.Equal(
            [("m1", "ambiguous", 1, "42"), ("m2", "queued", 0, "42")],
            list["messages"]!.AsArray().Select(row => ((string?)row!["id"], (string?)row["state"], (int)row["attempts"]!, (string?)row["to"])).Order());
        Assert.DoesNotContain("secret", list.ToJsonString(), StringComparison.Ordinal);
        var waiting = Assert.Single(list["waiting"]!.AsArray())!;
        Assert.Equal(("telegram", "default", 2), ((string?)waiting["channel"], (string?)waiting["accountId"], (int)waiting["count"]!));
        Assert.NotNull(waiting["sinceMs"]);
        Assert.Empty((await CallAsync("outbox.list", new JsonObject { ["channel"] = "pigeon" }))["waiting"]!.AsArray());
        Assert.Equal("message m2 is still being tried; it is sent, or fails, by itself", await FailAsync("outbox.retry", "m2"));
        await CallAsync("outbox.drop", Id("m2"));
        end.SetResult(new SendResult.Delivered("p"));
        await TestTimeouts.Until(async () => await Bus.Queues.GetStatisticsAsync("outbound.telegram.default") is { Waiting: 0, InFlight: 0 }, "the queue to be empty");
        Assert.Equal("m1", Assert.Single(_channel.Attempts).Id);
    }

    [Fact]
    public async Task TimeOver_IsShownAsFailed_AndItsContentIsNotKept()
    {
        await OutboxRecords.WriteAsync(Bus, new OutboxRecord("old", OutboxState.Queued, 1) { Channel = "telegram", To = "42", ExpiresAtMs = 2 }, expectedVersion: null, CancellationToken.None);
        await OutboxRecords.WriteAsync(Bus, new OutboxRecord("doubt", OutboxState.Ambiguous, 1) { Channel = "telegram", To = "42", ExpiresAtMs = 2, Error = "reset" }, expectedVersion: null, CancellationToken.None);
        await OutboxRecords.WriteAsync(Bus, new OutboxRecord("died", OutboxState.Attempting, 1) { Channel = "telegram", To = "42", ExpiresAtMs = 2 }, expectedVersion: null, CancellationToken.None);

        var rows = (await CallAsync("outbox.list", []))["messages"]!.AsArray().ToDictionary(row => (string)row!["id"]!, row => ((string?)row!["state"], (string?)row["reason"]));

        Assert.Equal(("failed", "its time was over before it could be sent"), rows["old"]);
        Assert.Equal(("ambiguous", "its time was over before it could be sent (reset)"), rows["doubt"]);
        Assert.Equal(("ambiguous", "the attempt was not seen to end"), rows["died"]);
        Assert.Equal("message old cannot be sent again: it is not among what was set aside, where a late one comes when its account is connected", await FailAsync("outbox.retry", "old"));
        Assert.Equal("message old is over already", await FailAsync("outbox.drop", "old"));
    }

    [Fact]
    public async Task TimeOverBeforeItsTurn_IsKeptAsFailed_AndSentAgainOnlyByAPerson()
    {
        // The first one holds up its chat.
        var end = new TaskCompletionSource<SendResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _channel.Sending = () => end.Task;
        await AppendAsync("m1");
        await WaitForAsync("m1", OutboxState.Attempting);
        await AppendAsync("m2", TimeSpan.FromMilliseconds(1));
        var stored = TimeProvider.System.GetUtcNow();
        await TestTimeouts.Until(() => TimeProvider.System.GetUtcNow() > stored.AddMilliseconds(5), "its time to be over");
        _channel.Sending = null;
        end.SetResult(new SendResult.Delivered("p"));

        await WaitForAsync("m2", OutboxState.Failed);
        await TestTimeouts.Until(async () => await Bus.Queues.GetStatisticsAsync("outbound.telegram.default") is { Waiting: 0, InFlight: 0, DeadLetters: 1 }, "it to be set aside");
        Assert.Equal("m1", Assert.Single(_channel.Attempts).Id);
        // Notes end with the process; what the queue set aside does not.
        await Bus.Maps.RemoveAsync(ChannelNames.OutboxMap, "m2");
        var row = Assert.Single((await CallAsync("outbox.list", new JsonObject { ["state"] = "failed" }))["messages"]!.AsArray())!;
        Assert.Equal(("m2", "expired", true), ((string?)row["id"], (string?)row["reason"], (bool)row["kept"]!));

        Assert.Equal("m2~1", (string?)(await CallAsync("outbox.retry", Id("m2")))["retriedAs"]);

        await WaitForAsync("m2~1", OutboxState.Delivered);
        Assert.Equal(["m1", "m2~1"], _channel.Attempts.Select(message => message.Id));
    }

    [Fact]
    public async Task CallThatWasAnsweredWithAnError_IsNeverDeliveredLater()
    {
        _channel.Results.Enqueue(new SendResult.Refused("blocked"));
        var answer = await _client.RequestAsync("send", new JsonObject { ["to"] = "42", ["message"] = "hi", ["channel"] = "telegram", ["idempotencyKey"] = "k" });
        var again = await _client.RequestAsync("send", new JsonObject { ["to"] = "42", ["message"] = "hi", ["channel"] = "telegram", ["idempotencyKey"] = "k" });

        Assert.False((bool)answer["ok"]!);
        Assert.False((bool)again["ok"]!);
        await TestTimeouts.Until(async () => await Bus.Queues.GetStatisticsAsync("outbound.telegram.default") is { Waiting: 0, InFlight: 0 }, "the queue to be empty");
        Assert.Single(_channel.Attempts);
    }

    private static JsonObject Id(string id) => new() { ["id"] = id };

    private async Task<string> SendAsync(string id, OutboxState expected)
    {
        await AppendAsync(id);
        await TestTimeouts.Until(async () => (await Bus.Queues.GetStatisticsAsync("outbound.telegram.default")).DeadLetters == 1, "the message to be set aside");
        await WaitForAsync(id, expected);
        return id;
    }

    private async Task AppendAsync(string id, TimeSpan? timeToLive = null)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var message = new OutboundMessage { Id = id, Channel = "telegram", AccountId = "default", To = "42", Text = "secret words", CreatedAtMs = now };
        Assert.True((await _host.Services.GetRequiredService<OutboxWriter>().AppendAsync(message, timeToLive ?? OutboxWriter.ReplyTimeToLive, CancellationToken.None)).IsStored);
    }

    private Task WaitForAsync(string id, OutboxState state) =>
        TestTimeouts.Until(async () => (await OutboxRecords.FindAsync(Bus, id, CancellationToken.None))?.Record.State == state, $"{id} to be {state}");

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters)
    {
        var answer = await _client.RequestAsync(method, parameters);
        Assert.True((bool)answer["ok"]!, answer.ToJsonString());
        return answer["payload"]!;
    }

    private async Task<string?> FailAsync(string method, string id)
    {
        var answer = await _client.RequestAsync(method, Id(id));
        Assert.False((bool)answer["ok"]!, answer.ToJsonString());
        return (string?)answer["error"]!["message"];
    }
}
