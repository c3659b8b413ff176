using System.Globalization;

namespace OpenClaw.EndToEnd.Tests.Channels;

/// <summary>
/// SIGKILL at random points under a stream of messages in twenty chats: each is answered once and in order. Every twenty kills the stream pauses
/// until all are answered, so that what goes wrong is seen near to where it did.
/// </summary>
public sealed class TelegramKillTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int RoundLength = 20;

    private const string Doubt = "without knowing whether it is there";

    /// <summary>Other points each time; <c>OPENCLAW_TELEGRAM_SEED</c> repeats those of a run, as far as the machine does the same.</summary>
    private static int Seed => Number("OPENCLAW_TELEGRAM_SEED", Environment.TickCount);

    [Fact]
    public async Task KillAtRandomPoints_EveryMessageIsAnsweredOnceAndInOrder()
    {
        var (kills, seed) = (Number("OPENCLAW_TELEGRAM_KILLS", 10), Seed);
        await using var scene = await TelegramScene.StartAsync();
        scene.Model.KeepsRequests = false;
        await using var gateway = await GatewayProcess.StartAsync(scene.Sections);
        var crowd = new TelegramCrowd(scene, seed);
        for (var kill = 1; kill <= kills; kill++)
        {
            crowd.Say();
            await crowd.RandomPointAsync();
            await gateway.KillAsync();
            await gateway.LaunchAsync();
            if (kill % RoundLength == 0 || kill == kills)
                await crowd.AnsweredAsync(() => $"seed {seed}, kill {kill}\n" + gateway.LogLinesWith(""));
        }

        crowd.SayLast();
        await crowd.AnsweredAsync(() => $"seed {seed}, the last ones\n" + gateway.LogLinesWith(""));
        Conclude(kills, seed, crowd, gateway.LogLinesWith(Doubt));
    }

    [DistributedFact]
    public async Task KillAnyProcess_EveryMessageIsAnsweredOnceAndInOrder()
    {
        var (kills, seed) = (Number("OPENCLAW_TELEGRAM_PROCESS_KILLS", 6), Seed);
        await using var scene = await TelegramScene.StartAsync();
        scene.Model.KeepsRequests = false;
        await using var gateway = await DistributedGateway.StartAsync(scene.Sections);
        await using var one = gateway.AddTelegram();
        await using var other = gateway.AddTelegram();
        await Task.WhenAll(gateway.LaunchTelegramAsync(one), gateway.LaunchTelegramAsync(other));
        var crowd = new TelegramCrowd(scene, seed);
        (Func<Task> Kill, Func<Task> Launch)[] processes =
        [
            (gateway.Core.KillAsync, gateway.LaunchAsync),
            (one.KillAsync, () => gateway.LaunchTelegramAsync(one)),
            (other.KillAsync, () => gateway.LaunchTelegramAsync(other)),
            (gateway.Redis.KillAsync, gateway.Redis.LaunchAsync),
            (gateway.Edge.KillAsync, gateway.LaunchEdgeAsync),
        ];
        for (var kill = 1; kill <= kills; kill++)
        {
            crowd.Say();
            await crowd.RandomPointAsync();
            var (killAsync, launchAsync) = processes[kill % processes.Length];
            await killAsync();
            await launchAsync();
            if (kill % RoundLength == 0 || kill == kills)
                await crowd.AnsweredAsync(() => $"seed {seed}, kill {kill}\n{gateway.Core.LinesWith("")}\n{one.LinesWith("")}\n{other.LinesWith("")}");
        }

        crowd.SayLast();
        await crowd.AnsweredAsync(() => $"seed {seed}, the last ones\n{gateway.Core.LinesWith("")}\n{one.LinesWith("")}\n{other.LinesWith("")}");
        Conclude(kills, seed, crowd, one.LinesWith(Doubt) + "\n" + other.LinesWith(Doubt));
    }

    private void Conclude(int kills, int seed, TelegramCrowd crowd, string doubts)
    {
        var doubtful = doubts.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        output.WriteLine($"{kills} kills (seed {seed}), {crowd.Said} messages, all answered in order, {crowd.Twice} answers twice, {doubtful} sent again in doubt");
        Assert.InRange(crowd.Twice, 0, doubtful);
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
