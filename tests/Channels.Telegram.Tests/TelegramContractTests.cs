using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Settings;
using OpenClaw.Channels.Contract;
using OpenClaw.Channels.Telegram.Connection;
using OpenClaw.Channels.Telegram.Hosting;
using OpenClaw.Channels.Telegram.Tests.Support;
using OpenClaw.Channels.Telegram.Webhook;
using OpenClaw.Fakes.Telegram;

namespace OpenClaw.Channels.Telegram.Tests;

/// <summary>What every channel promises, of Telegram.</summary>
public sealed class TelegramContractTests : ChannelContract
{
    protected override async Task<IContractProvider> CreateProviderAsync() => new Provider(await FakeBotServer.StartAsync());

    private sealed class Provider : IContractProvider
    {
        private readonly FakeBotServer _server;
        private readonly FakeBot _bot;
        private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        private readonly WebhookListeners _webhooks = new(TimeProvider.System, NullLoggerFactory.Instance);

        public Provider(FakeBotServer server)
        {
            _server = server;
            _bot = server.AddBot();
            _bot.Chat(TelegramRig.Bob);
        }

        public string ChannelId => "telegram";

        public string Chat => "42";

        public ChannelSettings Settings => new() { Section = JsonSerializer.SerializeToElement(new JsonObject { ["botToken"] = _bot.Token, ["apiRoot"] = _server.Address.ToString() }) };

        public int Receivers => _bot.Polling;

        public IReadOnlyList<string> Delivered => [.. _bot.Sent.Select(sent => sent.Text)];

        public int SendAttempts => _bot.CallsOf("sendMessage").Count;

        public bool AcceptsCredentials
        {
            get => _bot.IsTokenValid;
            set => _bot.IsTokenValid = value;
        }

        public IChannel CreateChannel(ChannelRig rig) => new TelegramChannel(
            new ConnectionServices(rig.StateDirectory, TelegramRig.Quick, _webhooks, new TelegramMetrics(_services.GetRequiredService<IMeterFactory>()), NullLogger.Instance),
            TimeProvider.System);

        public void Say(int id, string text) => _bot.Enqueue(Updates.Text(TelegramRig.Bob, id, text));

        public void SayAgain(int id, string text) => _bot.Enqueue(Updates.Text(TelegramRig.Bob, id, text));

        public void SaySwapped(int id, string older, string newer) => _bot.Enqueue(
            Updates.Text(TelegramRig.Bob, id + 1, newer).With("update_id", 900_000_002),
            Updates.Text(TelegramRig.Bob, id, older).With("update_id", 900_000_001));

        public void BreakReceiving(int times) => _bot.Faults.Add(Fault.Of(FaultKind.ResetBefore, "getUpdates", times));

        public void LoseNextAnswer() => _bot.Faults.Add(Fault.Of(FaultKind.ResetAfter, "sendMessage"));

        public void LimitNextSend(TimeSpan delay) => _bot.Faults.Add(Fault.RateLimit("sendMessage", (int)delay.TotalSeconds));

        public void RefuseNextSend() => _bot.Faults.Add(Fault.Error("sendMessage", 403, "Forbidden: bot was blocked by the user"));

        public TaskCompletionSource HoldNextSend()
        {
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _bot.Faults.Add(Fault.Of(FaultKind.Slow, "sendMessage") with { Gate = gate.Task });
            return gate;
        }

        public async ValueTask DisposeAsync()
        {
            await _server.DisposeAsync();
            await _webhooks.DisposeAsync();
            await _services.DisposeAsync();
        }
    }
}
