using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound;

/// <summary>A gateway with a scripted model and without a channel: the test is the channel, which puts messages into the one queue and reads the other.</summary>
internal sealed class InboundHost : IAsyncDisposable
{
    private readonly TempDirectory _home;
    private readonly Channel<OutboundMessage> _sent = Channel.CreateUnbounded<OutboundMessage>();
    private IQueueConsumer? _outbox;

    private InboundHost(TempDirectory home, GatewayTestHost gateway, FakeModelServer model) => (_home, Gateway, Model) = (home, gateway, model);

    public GatewayTestHost Gateway { get; private set; }

    public FakeModelServer Model { get; }

    public IBus Bus => Gateway.Services.GetRequiredService<IBus>();

    public T Get<T>()
        where T : notnull => Gateway.Services.GetRequiredService<T>();

    /// <summary>Starts a gateway; <paramref name="telegram"/> and <paramref name="sections"/> are JSON5 members of <c>channels.telegram</c> and of the file, <paramref name="defaults"/> more of <c>agents.defaults</c>.</summary>
    public static async Task<InboundHost> StartAsync(string telegram = "allowFrom: [42]", string sections = "", TimeProvider? time = null, string defaults = "")
    {
        var model = await FakeModelServer.StartAsync();
        var home = new TempDirectory();
        var host = new InboundHost(home, await StartGatewayAsync(home, Config(model, telegram, sections, defaults), time), model);
        await host.ReadOutboxAsync();
        return host;
    }

    public static string Config(FakeModelServer model, string telegram, string sections, string defaults = "") => $$"""
        {
          gateway: { mode: "local", auth: { token: "{{GatewayTestHost.Token}}" } },
          models: { providers: { mock: { baseUrl: "{{model.OpenAiBaseUrl}}", apiKey: "k", api: "openai-completions", models: [
            { id: "m1", name: "m1", contextWindow: 32000, maxTokens: 4096, reasoning: true, input: ["text", "image"], cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 } },
            { id: "m2", name: "m2", contextWindow: 32000, maxTokens: 4096, reasoning: false, input: ["text"], cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 } }] } } },
          agents: { defaults: { model: { primary: "mock/m1" }, maxConcurrent: 64, envelopeTimezone: "utc"{{defaults}} }, list: [{ id: "main", identity: { name: "Clawd" } }, { id: "beta" }] },
          channels: { telegram: { botToken: "123:abc", {{telegram}} } },
          {{sections}}
        }
        """;

    public static InboundMessage Direct(string text, string id = "1", string sender = "42", string? chat = null) => new()
    {
        Channel = "telegram",
        AccountId = "default",
        MessageId = id,
        Chat = new ChatAddress(ChatType.Direct, chat ?? sender),
        Sender = new ChatSender(sender) { Name = "Bob B", Username = "bob" },
        SentAtMs = 1_763_699_880_000,
        Text = text,
    };

    public static InboundMessage Group(string text, string id = "1", string sender = "42", string? topic = null) => Direct(text, id, sender) with
    {
        Chat = new ChatAddress(ChatType.Group, "-1001") { Title = "Team", ThreadId = topic, IsForum = topic is not null },
    };

    /// <summary>What the model answers next, to each request one.</summary>
    public InboundHost Answers(params string[] texts)
    {
        Model.Enqueue([.. texts.Select(static text => FakeReply.Text(text))]);
        return this;
    }

    /// <summary>Lets a message come in; <paramref name="redelivered"/> as one that was worked on when the gateway died, which its queue delivers again.</summary>
    public async Task<AppendOutcome> SayAsync(InboundMessage message, bool redelivered = false) => (await Bus.Queues.AppendAsync(
        ChannelNames.InboundQueue,
        new QueueEntry
        {
            Key = message.Lane,
            DeduplicationId = redelivered ? "" : $"{message.Conversation}:{message.Kind}:{message.MessageId}",
            Payload = JsonSerializer.SerializeToUtf8Bytes(message, ChannelJsonContext.Default.InboundMessage),
        })).Outcome;

    /// <summary>The next message that is to be sent.</summary>
    public async Task<OutboundMessage> SentAsync() => await _sent.Reader.ReadAsync().AsTask().WithTimeout();

    /// <summary>All that came in is worked on, so far that nothing more happens by itself.</summary>
    public async Task SettledAsync()
    {
        foreach (var queue in (string[])[ChannelNames.InboundQueue, Core.Channels.Inbound.Holding.HeldMessages.QueueName, "agent.inbound", ChannelNames.OutboundQueue("telegram", "default")])
            await TestTimeouts.Until(async () => await Bus.Queues.GetStatisticsAsync(queue) is { Waiting: 0, InFlight: 0 }, queue + " is empty");
    }

    /// <summary>Nothing is to be sent, and nothing will be.</summary>
    public async Task SentNothingAsync()
    {
        await SettledAsync();
        Assert.False(_sent.Reader.TryRead(out var sent), sent?.Text);
    }

    /// <summary>Stops the gateway and starts it on what it left; <paramref name="between"/> happens while it is away.</summary>
    public async Task RestartAsync(Func<string, Task>? between = null)
    {
        var config = await File.ReadAllTextAsync(Gateway.ConfigPath);
        await _outbox!.DisposeAsync();
        await Gateway.StopHostAsync();
        await Gateway.DisposeAsync();
        if (between is not null)
            await between(Gateway.StateDirectory);
        Gateway = await StartGatewayAsync(_home, config, time: null);
        await ReadOutboxAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_outbox is not null)
            await _outbox.DisposeAsync();
        await Gateway.DisposeAsync();
        await Model.DisposeAsync();
        _home.Dispose();
    }

    private static Task<GatewayTestHost> StartGatewayAsync(TempDirectory home, string config, TimeProvider? time) =>
        GatewayTestHost.StartAsync(new GatewayTestSetup { Config = config, SharedHome = home, Time = time });

    private async Task ReadOutboxAsync()
    {
        var description = new ChannelDescription("telegram", "Telegram") { SenderIdLabel = "Your Telegram user id" };
        await Bus.Maps.SetAsync(ChannelNames.DirectoryMap, "telegram", JsonSerializer.SerializeToUtf8Bytes(description, ChannelJsonContext.Default.ChannelDescription));
        _outbox = await Bus.Queues.ConsumeAsync(
            ChannelNames.OutboundQueue("telegram", "default"),
            async (delivery, cancellationToken) =>
            {
                await _sent.Writer.WriteAsync(JsonSerializer.Deserialize(delivery.Payload.Span, ChannelJsonContext.Default.OutboundMessage)!, cancellationToken);
                return QueueVerdict.Done;
            });
    }
}
