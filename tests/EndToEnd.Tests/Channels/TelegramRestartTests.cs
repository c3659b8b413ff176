using System.Globalization;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests.Channels;

/// <summary>The gateway's process is stopped and started in the midst of polls: it never polls against itself.</summary>
public sealed class TelegramRestartTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const long Bob = 42;

    /// <summary>A short form; <c>eng/telegram-restarts</c> sets more.</summary>
    private static int Restarts => int.TryParse(Environment.GetEnvironmentVariable("OPENCLAW_TELEGRAM_RESTARTS"), CultureInfo.InvariantCulture, out var restarts) ? restarts : 3;

    [Fact]
    public async Task RestartsOfTheProcess_CauseNoConflict()
    {
        await using var scene = await TelegramScene.StartAsync();
        await using var gateway = await GatewayProcess.StartAsync(scene.Sections);
        for (var i = 1; i <= Restarts; i++)
        {
            scene.Say(Bob, i);
            await TestTimeouts.Until(() => scene.AnsweredIn(Bob).Count == i, $"message {i} to be answered");
            await TestTimeouts.Until(() => scene.Bot.Polling == 1 && scene.Bot.CallsOf("getUpdates")[^1]["timeout"] == "30", "a long poll");
            Assert.Equal(0, await gateway.StopCoreAsync());
            await gateway.LaunchAsync();
        }

        scene.Say(Bob, Restarts + 1);
        await TestTimeouts.Until(() => scene.AnsweredIn(Bob).Count == Restarts + 1, "the last message to be answered");
        output.WriteLine($"{Restarts} restarts, {scene.Bot.Conflicts} conflicts, {scene.Bot.CallsOf("getUpdates").Count} polls");
        Assert.Equal(0, scene.Bot.Conflicts);
        Assert.Equal(Enumerable.Range(1, Restarts + 1), scene.AnsweredIn(Bob));
    }
}
