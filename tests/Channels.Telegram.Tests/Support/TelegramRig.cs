using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Settings;
using OpenClaw.Channels.Contract;
using OpenClaw.Channels.Telegram.Connection;
using OpenClaw.Channels.Telegram.Hosting;
using OpenClaw.Channels.Telegram.Polling;
using OpenClaw.Channels.Telegram.Webhook;
using OpenClaw.Fakes.Telegram;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Telegram.Tests.Support;

/// <summary>The channel in its host, against the fake Bot API over real sockets.</summary>
internal sealed class TelegramRig : IAsyncDisposable
{
    /// <summary>A private chat.</summary>
    public const long Bob = 42;

    /// <summary>Every pause a hundredth of what it is; the numbers themselves have tests of their own.</summary>
    public static PollSettings Quick { get; } = new() { PauseDivisor = 100, PendingPause = TimeSpan.FromMilliseconds(20) };

    private readonly ServiceProvider _services;
    private readonly WebhookListeners _webhooks;
    private readonly MeterListener _listener = new();
    private long _stalledPolls;
    private int _messages;

    private TelegramRig(FakeBotServer server, ChannelRig channel, LogLines logs)
    {
        Server = server;
        Rig = channel;
        Logs = logs;
        Bot = server.AddBot();
        Bot.Chat(Bob);
        _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        _webhooks = new WebhookListeners(TimeProvider.System, logs);
        var meters = _services.GetRequiredService<IMeterFactory>();
        Metrics = new TelegramMetrics(meters);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Other tests have meters of the same name.
            if (instrument.Meter.Scope == meters && instrument.Name == "openclaw.telegram.polls_stalled_total")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _stalledPolls, value));
        _listener.Start();
    }

    /// <summary>What the metric of polls that were cut has counted.</summary>
    public long StalledPolls => Interlocked.Read(ref _stalledPolls);

    public FakeBotServer Server { get; }

    public FakeBot Bot { get; }

    public ChannelRig Rig { get; }

    public LogLines Logs { get; }

    public TelegramMetrics Metrics { get; }

    public static async Task<TelegramRig> CreateAsync()
    {
        var logs = new LogLines();
        return new TelegramRig(await FakeBotServer.StartAsync(), await ChannelRig.CreateAsync(logs), logs);
    }

    /// <summary>A rig whose channel is connected.</summary>
    public static async Task<TelegramRig> StartAsync(Action<JsonObject>? configure = null, PollSettings? settings = null)
    {
        var rig = await CreateAsync();
        await rig.ConnectAsync(configure, settings);
        await rig.Bot.WaitAsync(bot => bot.CallsOf("getUpdates").Count > 0 || bot.WebhookUrl is not null, TestTimeouts.Wait);
        return rig;
    }

    public TelegramChannel CreateChannel(PollSettings? settings = null) =>
        new(new ConnectionServices(Rig.StateDirectory, settings ?? Quick, _webhooks, Metrics, Logs.CreateLogger("telegram")), TimeProvider.System);

    public async Task ConnectAsync(Action<JsonObject>? configure = null, PollSettings? settings = null)
    {
        await TellAsync(configure);
        await Rig.StartAsync(CreateChannel(settings));
    }

    public Task TellAsync(Action<JsonObject>? configure = null) => Rig.TellAsync("telegram", Settings(configure));

    public ChannelSettings Settings(Action<JsonObject>? configure = null)
    {
        var section = new JsonObject { ["botToken"] = FakeBot.DefaultToken, ["apiRoot"] = Server.Address.ToString() };
        configure?.Invoke(section);
        return new ChannelSettings { Section = JsonSerializer.SerializeToElement(section), Commands = [new CommandEntry("status", "Shows the status.")] };
    }

    public static OutboundMessage Message(string id, string text, string to = "42") =>
        new() { Id = id, Channel = "telegram", AccountId = "default", To = to, Text = text, CreatedAtMs = 0 };

    /// <summary>Sends and waits until nothing more will happen.</summary>
    public async Task<Abstractions.Outbox.OutboxRecord> SendAsync(OutboundMessage message)
    {
        await Rig.SendAsync(message);
        return await Rig.WaitForRecordAsync(message.Id, record => record.IsOver);
    }

    public Task<Abstractions.Outbox.OutboxRecord> SendAsync(string text) => SendAsync(Message($"m{Interlocked.Increment(ref _messages)}", text));

    public async ValueTask DisposeAsync()
    {
        await Rig.DisposeAsync();
        await Server.DisposeAsync();
        await _webhooks.DisposeAsync();
        _listener.Dispose();
        await _services.DisposeAsync();
    }
}

/// <summary>All that was logged.</summary>
internal sealed class LogLines : ILoggerFactory
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> All => _lines;

    public ILogger CreateLogger(string categoryName) => new Logger(_lines);

    public void AddProvider(ILoggerProvider provider)
    {
        // There is only this one.
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Logger(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");
    }
}
