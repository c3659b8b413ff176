using System.Globalization;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests.Channels;

/// <summary>SIGKILL at random points under a stream of messages in twenty chats: each is answered once and in order.</summary>
public sealed class TelegramKillTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int Chats = 20;

    /// <summary>A short form; <c>eng/telegram-kills</c> sets more.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("OPENCLAW_TELEGRAM_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 10;

    [Fact]
    public async Task KillAtRandomPoints_EveryMessageIsAnsweredOnceAndInOrder()
    {
        await using var scene = await TelegramScene.StartAsync();
        await using var gateway = await GatewayProcess.StartAsync(scene.Sections);
        var random = new Random(20261121);
        var said = new int[Chats];
        for (var kill = 0; kill < Kills; kill++)
        {
            for (var i = 0; i < 30; i++)
                SayNext(random.Next(Chats));
            // Half of the kills fall at any time of the start and what follows, the others in the midst of the answers, however slow the machine is.
            var sent = scene.Bot.Sent.Count + random.Next(1, 20);
            if (kill % 2 == 0)
                await Task.Delay(random.Next(0, 900), CancellationToken.None);
            else
                await scene.Bot.WaitAsync(bot => bot.Sent.Count >= sent, TestTimeouts.Wait);
            await gateway.KillAsync();
            await gateway.LaunchAsync();
        }

        await TestTimeouts.Until(
            () => Task.FromResult(Enumerable.Range(0, Chats).All(chat => scene.AnsweredIn(Id(chat)).Distinct().Count() == said[chat])),
            () => "all to be answered; missing: " + string.Join(", ", Enumerable.Range(0, Chats).Select(chat => $"{Id(chat)}: {said[chat] - scene.AnsweredIn(Id(chat)).Distinct().Count()}"))
                + "\n" + gateway.LogLinesWith("telegram"));
        var twice = 0;
        foreach (var chat in Enumerable.Range(0, Chats))
        {
            var answered = scene.AnsweredIn(Id(chat));
            // What is sent again after a kill comes right behind what it repeats: the order holds with repeats taken out.
            Assert.Equal(Enumerable.Range(1, said[chat]), answered.Where((number, i) => i == 0 || number != answered[i - 1]));
            twice += answered.Count - said[chat];
        }
        var doubtful = gateway.LogLinesWith("without knowing whether it is there").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        output.WriteLine($"{Kills} kills, {said.Sum()} messages, {twice} answers twice, {doubtful} sent again in doubt");
        Assert.InRange(twice, 0, doubtful);

        void SayNext(int chat) => scene.Say(Id(chat), ++said[chat]);
    }

    private static long Id(int chat) => 1000 + chat;
}
