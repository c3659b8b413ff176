using System.Globalization;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests.Channels;

/// <summary>Twenty people who write to the bot, and what each of them must have been answered.</summary>
internal sealed class TelegramCrowd(TelegramScene scene, int seed)
{
    private const int Chats = 20;

    /// <summary>Messages between two kills.</summary>
    private const int Burst = 30;

    private readonly int[] _said = new int[Chats];

    public Random Random { get; } = new(seed);

    public int Said => _said.Sum();

    /// <summary>Answers that came more than once.</summary>
    public int Twice => Enumerable.Range(0, Chats).Sum(chat => scene.AnsweredIn(Id(chat)).Count - _said[chat]);

    /// <summary>Some of them write.</summary>
    public void Say()
    {
        for (var i = 0; i < Burst; i++)
        {
            var chat = Random.Next(Chats);
            scene.Say(Id(chat), ++_said[chat]);
        }
    }

    /// <summary>
    /// Everybody writes once more. A chat's messages go one after the other, so when these are answered nothing of before is sent any more.
    /// </summary>
    public void SayLast()
    {
        for (var chat = 0; chat < Chats; chat++)
            scene.Say(Id(chat), ++_said[chat]);
    }

    /// <summary>A random point: half of them at any time of the start and what follows, the others in the midst of the answers, however slow the machine is.</summary>
    public async Task RandomPointAsync()
    {
        var sent = scene.Bot.SentCount + Random.Next(1, 20);
        if (Random.Next(2) == 0)
            await Task.Delay(Random.Next(0, 900), CancellationToken.None);
        else
            await scene.Bot.WaitAsync(bot => bot.SentCount >= sent, TestTimeouts.Wait);
    }

    /// <summary>Waits until all was answered, and proves that it was in order. What is sent again comes right behind what it repeats.</summary>
    /// <param name="log">What the gateway said, for who has to find out.</param>
    public async Task AnsweredAsync(Func<string> log)
    {
        await TestTimeouts.Until(() => Task.FromResult(Missing().All(static chat => chat.Count == 0)), () => "all to be answered; missing: " + Describe(Missing()) + "\n" + log());
        foreach (var chat in Enumerable.Range(0, Chats))
        {
            var answered = scene.AnsweredIn(Id(chat));
            Assert.Equal(Enumerable.Range(1, _said[chat]), answered.Where((number, i) => i == 0 || number != answered[i - 1]));
        }
    }

    private IEnumerable<List<int>> Missing() => Enumerable.Range(0, Chats).Select(chat => Enumerable.Range(1, _said[chat]).Except(scene.AnsweredIn(Id(chat))).ToList());

    private static string Describe(IEnumerable<List<int>> missing) => string.Join(
        "; ", missing.Select(static (numbers, chat) => (Numbers: numbers, Chat: Id(chat))).Where(static each => each.Numbers.Count > 0)
            .Select(static each => string.Create(CultureInfo.InvariantCulture, $"{each.Chat}: {string.Join(' ', each.Numbers)}")));

    private static long Id(int chat) => 1000 + chat;
}
