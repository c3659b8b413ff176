using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Hosting;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Channels;
using OpenClaw.Gateway.Core.Channels.Sending;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Channels.Sending;

/// <summary>The methods about channels, over a real channel host whose provider is scripted.</summary>
public sealed class ChannelMethodsTests
{
    private const string Config = """{ gateway: { mode: "local", auth: { token: "tok-test" } }, channels: { telegram: { botToken: "1:a", dmPolicy: "allowlist" } } }""";

    [Fact]
    public async Task Send_Connected_AnswersWithTheProvidersId()
    {
        var channel = new ScriptedChannel();
        await using var host = await StartAsync(channel);
        await using var client = await ConnectAsync(host);

        var sent = await CallAsync(client, "send", Send("k1"));

        Assert.Equal(("p1", "telegram", "k1"), ((string?)sent["messageId"], (string?)sent["channel"], (string?)sent["runId"]));
        Assert.Equal(("42", "hello"), channel.Attempts.Select(message => (message.To, message.Text)).Single());
    }

    [Fact]
    public async Task Send_Repeated_IsSentOnceAndAnsweredAlike()
    {
        var channel = new ScriptedChannel();
        await using var host = await StartAsync(channel);
        await using var client = await ConnectAsync(host);

        await using var other = await ConnectAsync(host);
        var answers = await Task.WhenAll(CallAsync(client, "send", Send("k1")), CallAsync(other, "send", Send("k1")));
        var later = await CallAsync(client, "send", Send("k1"));

        Assert.All([.. answers, later], answer => Assert.Equal("p1", (string?)answer["messageId"]));
        Assert.Single(channel.Attempts);
    }

    [Fact]
    public async Task Send_LongText_IsSentInParts()
    {
        var channel = new ScriptedChannel();
        await using var host = await StartAsync(channel);
        await using var client = await ConnectAsync(host);

        var sent = await CallAsync(client, "send", Send("k1", string.Join('\n', Enumerable.Repeat(new string('x', 60), 3))));

        Assert.Equal("p3", (string?)sent["messageId"]);
        Assert.All(channel.Attempts, message => Assert.Equal(new string('x', 60), message.Text));
    }

    [Fact]
    public async Task Send_Refused_AnswersWhyAndIsNotTriedAgain()
    {
        var channel = new ScriptedChannel();
        channel.Results.Enqueue(new SendResult.Refused("chat not found"));
        await using var host = await StartAsync(channel);
        await using var client = await ConnectAsync(host);

        var error = await FailAsync(client, "send", Send("k1"));

        Assert.Equal("UNAVAILABLE", (string?)error["code"]);
        Assert.Contains("chat not found", (string?)error["message"], StringComparison.Ordinal);
        Assert.Contains("chat not found", (string?)(await FailAsync(client, "send", Send("k1")))["message"], StringComparison.Ordinal);
        Assert.Single(channel.Attempts);
    }

    [Fact]
    public async Task Send_TransientFailure_IsTriedAgain()
    {
        var channel = new ScriptedChannel();
        channel.Results.Enqueue(new SendResult.Transient("502"));
        await using var host = await StartAsync(channel);
        await using var client = await ConnectAsync(host);

        Assert.Equal("p1", (string?)(await CallAsync(client, "send", Send("k1")))["messageId"]);
        Assert.Equal(2, channel.Attempts.Count);
    }

    [Fact]
    public async Task Send_TooLate_ARepeatSendsItOnceMore()
    {
        var channel = new ScriptedChannel();
        channel.Results.Enqueue(new SendResult.RateLimited(TimeSpan.FromMinutes(7)));
        await using var host = await StartAsync(channel);
        await using var client = await ConnectAsync(host);

        var error = await FailAsync(client, "send", Send("k1"));
        var again = await CallAsync(client, "send", Send("k1"));
        var andAgain = await CallAsync(client, "send", Send("k1"));

        Assert.True((bool?)error["retryable"]);
        Assert.Equal(("p1", "p1"), ((string?)again["messageId"], (string?)andAgain["messageId"]));
        Assert.Equal([channel.Attempts.First().Id, channel.Attempts.First().Id + "~2"], channel.Attempts.Select(message => message.Id));
    }

    [Fact]
    public async Task Send_MayBeThere_IsNeitherWorthRepeatingNorSentByARepeat()
    {
        var channel = new ScriptedChannel();
        for (var i = 0; i < 3; i++)
            channel.Results.Enqueue(new SendResult.Ambiguous("reset"));
        await using var host = await StartAsync(channel);
        await using var client = await ConnectAsync(host);

        var errors = new[] { await FailAsync(client, "send", Send("k1")), await FailAsync(client, "send", Send("k1")) };

        Assert.All(errors, error => Assert.Contains("it may be there", (string?)error["message"], StringComparison.Ordinal));
        Assert.All(errors, error => Assert.NotEqual(true, (bool?)error["retryable"]));
        Assert.Equal(3, channel.Attempts.Count);
    }

    [Theory]
    [InlineData(-1, 30)]
    [InlineData(0, 120)]
    [InlineData(50 << 20, 120 + 3200)]
    public void AttemptPatience_IsLongerThanTheRequestOfAChannel(int file, int request)
    {
        var message = new OutboundMessage { Id = "m", Channel = "telegram", AccountId = "default", To = "42", CreatedAtMs = 0 };
        if (file >= 0)
            message = message with { Media = new OutboundMedia(MediaKind.Document, default, "text/plain") { Length = file } };

        Assert.True(ChannelSender.AttemptPatienceOf(message) > TimeSpan.FromSeconds(request));
    }

    [Fact]
    public async Task Send_NotConnected_IsRefusedAndNothingIsStored()
    {
        var channel = new ScriptedChannel { Connects = false };
        await using var host = await StartAsync(channel);
        await using var client = await ConnectAsync(host);

        var error = await FailAsync(client, "send", Send("k1"));

        Assert.Equal(("UNAVAILABLE", true), ((string?)error["code"], (bool?)error["retryable"]));
        Assert.Contains("not connected: no answer", (string?)error["message"], StringComparison.Ordinal);
        Assert.Equal(0, (await host.Services.GetRequiredService<IBus>().Queues.GetStatisticsAsync("outbound.telegram.default")).Waiting);
    }

    [Theory]
    [InlineData("send", """{"to":"1","message":"x","channel":"pigeon","idempotencyKey":"k"}""", "unsupported channel: pigeon")]
    [InlineData("send", """{"to":"1","message":"x","idempotencyKey":"k"}""", "unsupported channel: whatsapp")]
    [InlineData("send", """{"to":"1","message":"   ","channel":"telegram","idempotencyKey":"k"}""", "message or media required")]
    [InlineData("poll", """{"to":"1","question":"q","options":["a","b"],"channel":"pigeon","idempotencyKey":"k"}""", "unsupported poll channel: pigeon")]
    [InlineData("poll", """{"to":"1","question":"q","options":["a","b"],"channel":"telegram","idempotencyKey":"k"}""", "unsupported poll channel: telegram")]
    [InlineData("message.action", "[]", "invalid message.action params: must be object")]
    [InlineData("message.action", """{"channel":"telegram"}""", "invalid message.action params: must have required property 'action'")]
    [InlineData("message.action", """{"channel":"telegram","action":"send"}""", "Action send requires a target.")]
    [InlineData("message.action", """{"channel":"telegram","action":"send","params":{"to":"1","message":"x"}}""", "invalid message.action params: must have required property 'idempotencyKey'")]
    [InlineData("message.action", """{"channel":"telegram","action":"react","params":{"to":"1"}}""", "messageId required")]
    [InlineData("message.action", """{"channel":"telegram","action":"dance","params":{"to":"1"}}""", "Message action dance is not supported for Telegram. Supported: send, poll, react, edit, delete, pin, unpin, thread-create, sticker.")]
    [InlineData("message.action", """{"channel":"telegram","action":"read"}""", "Message action read is not supported for Telegram. Supported: send, poll, react, edit, delete, pin, unpin, thread-create, sticker.")]
    [InlineData("message.action", """{"channel":"telegram","action":"pin","params":{"to":"1"}}""", "messageId required")]
    [InlineData("message.action", """{"channel":"telegram","action":"edit","params":{"to":"1","messageId":"5"}}""", "message required")]
    [InlineData("message.action", """{"channel":"telegram","action":"thread-create","params":{"to":"1"}}""", "name required")]
    [InlineData("message.action", """{"channel":"telegram","action":"sticker","idempotencyKey":"k","params":{"to":"1"}}""", "stickerId required")]
    [InlineData("message.action", """{"channel":"telegram","action":"send","idempotencyKey":"k","params":{"to":"1","message":"x","buttons":[{"text":"a"}]}}""", "buttons are rows of {text, callback_data}")]
    [InlineData("message.action", """{"channel":"telegram","action":"send","idempotencyKey":"k","params":{"to":"1","message":"x","buttons":"[["}}""", "buttons are rows of {text, callback_data}")]
    [InlineData("channels.logout", """{"channel":"pigeon"}""", "invalid channels.logout channel")]
    public async Task WrongCall_IsAnsweredWithWhatIsWrong(string method, string parameters, string message)
    {
        await using var host = await StartAsync(new ScriptedChannel());
        await using var client = await ConnectAsync(host);

        var error = await FailAsync(client, method, JsonNode.Parse(parameters)!);

        Assert.Equal(("INVALID_REQUEST", message), ((string?)error["code"], (string?)error["message"]));
    }

    [Fact]
    public async Task MessageAction_SendReactAndDelete_ReachTheChannel()
    {
        var channel = new ScriptedChannel();
        await using var host = await StartAsync(channel);
        await using var client = await ConnectAsync(host);

        var sent = await CallAsync(client, "message.action", JsonNode.Parse("""{"channel":"telegram","action":"send","idempotencyKey":"a1","params":{"target":"42","message":"hi","replyTo":"7","threadId":9,"silent":true}}""")!);
        await CallAsync(client, "message.action", JsonNode.Parse("""{"channel":"telegram","action":"react","params":{"to":"42","messageId":"5","emoji":"👍"}}""")!);
        await CallAsync(client, "message.action", JsonNode.Parse("""{"channel":"telegram","action":"delete","params":{"to":"42","messageId":5}}""")!);

        Assert.Equal("p1", (string?)sent["messageId"]);
        var attempt = Assert.Single(channel.Attempts);
        Assert.Equal(("42", "hi", "7", "9", true), (attempt.To, attempt.Text, attempt.ReplyToId, attempt.ThreadId, attempt.IsSilent));
        Assert.Equal<ChannelAction>([new ReactAction("42", "5", "👍"), new DeleteAction("42", "5")], channel.Actions);
    }

    [Fact]
    public async Task MessageAction_PinsStickersTopicsAndButtons_ReachTheChannel()
    {
        var channel = new ScriptedChannel();
        await using var host = await StartAsync(channel);
        await using var client = await ConnectAsync(host);

        await CallAsync(client, "message.action", JsonNode.Parse("""{"channel":"telegram","action":"pin","params":{"to":"42","messageId":"5"}}""")!);
        await CallAsync(client, "message.action", JsonNode.Parse("""{"channel":"telegram","action":"unpin","params":{"to":"42","messageId":"5"}}""")!);
        var topic = await CallAsync(client, "message.action", JsonNode.Parse("""{"channel":"telegram","action":"thread-create","params":{"to":"-100","threadName":"news"}}""")!);
        await CallAsync(client, "message.action", JsonNode.Parse("""{"channel":"telegram","action":"sticker","idempotencyKey":"s1","params":{"to":"42","stickerId":["CAAD"]}}""")!);
        await CallAsync(client, "message.action", JsonNode.Parse("""{"channel":"telegram","action":"sticker","idempotencyKey":"s1","params":{"to":"42","stickerId":["CAAD"]}}""")!);
        await CallAsync(client, "message.action", JsonNode.Parse("""{"channel":"telegram","action":"send","idempotencyKey":"b1","params":{"to":"42","message":"sure?","buttons":"[[{\"text\":\"Yes\",\"callback_data\":\"y\"}]]"}}""")!);

        Assert.Equal("77", (string?)topic["threadId"]);
        Assert.Equal<ChannelAction>([new PinAction("42", "5"), new UnpinAction("42", "5"), new CreateThreadAction("-100", "news")], channel.Actions);
        Assert.Equal(["CAAD", null], channel.Attempts.Select(message => message.StickerId));
        Assert.Equal(new OutboundButton("Yes", "y"), channel.Attempts.Last().Buttons[0][0]);
    }

    [Fact]
    public async Task Status_TellsOfTheAccount_AndWithAProbeOfTheProvider()
    {
        await using var host = await StartAsync(new ScriptedChannel());
        await using var client = await ConnectAsync(host);

        var status = await CallAsync(client, "channels.status", new JsonObject { ["probe"] = true });

        Assert.Equal("""["telegram"]""", status["channelOrder"]!.ToJsonString());
        Assert.Equal("Telegram Bot", (string?)status["channelDetailLabels"]!["telegram"]);
        Assert.Equal("default", (string?)status["channelDefaultAccountId"]!["telegram"]);
        var account = status["channelAccounts"]!["telegram"]![0]!;
        Assert.Equal(("default", true, true, true, "polling", "config", "allowlist", "healthy"), (
            (string?)account["accountId"], (bool?)account["enabled"], (bool?)account["configured"], (bool?)account["connected"],
            (string?)account["mode"], (string?)account["tokenSource"], (string?)account["dmPolicy"], (string?)account["healthState"]));
        Assert.Equal(("the_bot", true), ((string?)account["probe"]!["bot"]!["username"], (bool?)account["probe"]!["ok"]));
        Assert.True((bool?)status["channels"]!["telegram"]!["running"]);
    }

    private static JsonObject Send(string key, string text = "hello") => new() { ["to"] = "42", ["message"] = text, ["channel"] = "telegram", ["idempotencyKey"] = key };

    private static async Task<GatewayTestHost> StartAsync(ScriptedChannel channel)
    {
        var host = await GatewayTestHost.StartAsync(Config, services: services =>
        {
            services.AddSingleton<IChannel>(channel);
            services.AddHostedService<ChannelHost>();
        });
        var directory = host.Services.GetRequiredService<ChannelDirectory>();
        await TestTimeouts.Until(
            async () => await directory.FindAsync("telegram", CancellationToken.None) is not null
                && await directory.FindStatusAsync("telegram", "default", CancellationToken.None) is { Running: true, Mode: not null } status && status.Connected == channel.Connects,
            "the channel to run");
        return host;
    }

    private static async Task<RawClient> ConnectAsync(GatewayTestHost host)
    {
        var client = await host.ConnectRawAsync();
        await client.HelloAsync();
        return client;
    }

    private static async Task<JsonNode> CallAsync(RawClient client, string method, JsonNode parameters)
    {
        var answer = await client.RequestAsync(method, parameters);
        Assert.True((bool)answer["ok"]!, answer.ToJsonString());
        return answer["payload"]!;
    }

    private static async Task<JsonNode> FailAsync(RawClient client, string method, JsonNode parameters)
    {
        var answer = await client.RequestAsync(method, parameters);
        Assert.False((bool)answer["ok"]!, answer.ToJsonString());
        return answer["error"]!;
    }
}
