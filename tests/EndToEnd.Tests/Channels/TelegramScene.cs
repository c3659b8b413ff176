using System.Globalization;
using System.Text.RegularExpressions;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Fakes.Telegram;

namespace OpenClaw.EndToEnd.Tests.Channels;

/// <summary>The two services that a gateway with a Telegram bot talks to. The model repeats what it is told.</summary>
internal sealed partial class TelegramScene : IAsyncDisposable
{
    private readonly FakeBotServer _telegram;
    private readonly FakeModelServer _model;
    private readonly Dictionary<long, List<int>> _answered = [];
    private int _seen;

    private TelegramScene(FakeBotServer telegram, FakeModelServer model)
    {
        _telegram = telegram;
        _model = model;
        Bot = telegram.AddBot();
    }

    public FakeBot Bot { get; }

    public FakeModelServer Model => _model;

    /// <summary>Sections of the configuration of a gateway in this scene: everybody may write, and each message is answered by itself.</summary>
    public string Sections => SectionsWith();

    /// <param name="messages">More members of <c>messages</c>.</param>
    public string SectionsWith(string messages = "") => $$"""
        models: { providers: { fake: { baseUrl: "{{_model.OpenAiBaseUrl}}", apiKey: "k", api: "openai-completions", models: [{ id: "m", name: "m" }] } } },
        agents: { defaults: { model: { primary: "fake/m" } } },
        session: { dmScope: "per-channel-peer" },
        messages: { queue: { mode: "followup", cap: 100000, debounceMs: 0 }, {{messages}} },
        channels: { telegram: { botToken: "{{Bot.Token}}", apiRoot: "{{_telegram.Address.ToString().TrimEnd('/')}}", dmPolicy: "open", allowFrom: ["*"] } },
        """;

    public static async Task<TelegramScene> StartAsync() => new(await FakeBotServer.StartAsync(), await FakeModelServer.StartAsync());

    /// <summary>Somebody writes.</summary>
    public void Say(long chat, int number) =>
        Bot.Enqueue(Updates.Text(chat, number, string.Create(CultureInfo.InvariantCulture, $"message {chat}-{number}."), Updates.User(chat, $"User {chat}", $"user{chat}")));

    /// <summary>The numbers of the messages that were answered in a chat, in the order of the answers.</summary>
    public IReadOnlyList<int> AnsweredIn(long chat)
    {
        lock (_answered)
        {
            foreach (var sent in Bot.SentAfter(_seen))
            {
                _seen++;
                if (Marker().Match(sent.Text ?? "") is not { Success: true } match)
                    continue;
                if (!_answered.TryGetValue(sent.ChatId, out var numbers))
                    _answered[sent.ChatId] = numbers = [];
                numbers.Add(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
            }
            return _answered.TryGetValue(chat, out var answered) ? [.. answered] : [];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _telegram.DisposeAsync();
        await _model.DisposeAsync();
    }

    [GeneratedRegex(@"message \d+-(\d+)\.")]
    private static partial Regex Marker();
}
