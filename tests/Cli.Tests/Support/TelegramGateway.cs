using OpenClaw.Fakes.Telegram;

namespace OpenClaw.Cli.Tests.Support;

/// <summary>One gateway process with a bot, whose service is a fake that speaks the real protocol.</summary>
public sealed class TelegramGateway : IAsyncLifetime
{
    public CliHome Home { get; } = new();

    /// <summary>The bot of the account.</summary>
    public FakeBot Bot { get; private set; } = null!;

    internal FakeBotServer Server { get; private set; } = null!;

    internal OpenClawProcess? Process { get; private set; }

    public async Task InitializeAsync()
    {
        Server = await FakeBotServer.StartAsync();
        Bot = Server.AddBot();
        Home.WriteConfig(more: $$"""  "channels": { "telegram": { "botToken": "{{Bot.Token}}", "apiRoot": "{{Server.Address}}", "dmPolicy": "pairing" } }""");
        Process = OpenClawProcess.Start(Home, "gateway");
        await Process.WaitForAsync("listening on ws://127.0.0.1:");
        await OpenClaw.Testing.TestTimeouts.Until(() => Bot.Polling == 1, "the bot to be polled");
    }

    public async Task DisposeAsync()
    {
        await Process!.DisposeAsync();
        await Server.DisposeAsync();
        Home.Dispose();
    }
}

[CollectionDefinition(nameof(TelegramGatewayCollection))]
public sealed class TelegramGatewayCollection : ICollectionFixture<TelegramGateway>;
