using System.Diagnostics;
using System.Globalization;
using System.Text;
using OpenClaw.Benchmarks.Gateway;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Fakes.Telegram;

namespace OpenClaw.Benchmarks.Telegram;

/// <summary>
/// <c>bench -- telegram</c>: messages of many chats through the gateway, with a Bot API and a model on this machine that answer at once. First as many as it
/// can take, then at a pace, to see how long each takes from the update to the answer. Ack reactions and typing are on.
/// </summary>
internal static class TelegramCommand
{
    private const int WarmUpMessages = 2_000;
    private const int Messages = 6_000;
    private const int Chats = 600;
    private const double PacePerSecond = 50;
    private const int PacedMessages = 1_500;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            await Console.Error.WriteLineAsync("bench telegram: the benchmarks read /proc, so they need Linux");
            return 2;
        }
        var load = Machine.LoadAverage;
        var root = GatewayCommand.FindRoot();
        var home = Directory.CreateTempSubdirectory("openclaw-bench-");
        try
        {
            await using var telegram = await FakeBotServer.StartAsync();
            await using var model = await FakeModelServer.StartAsync();
            model.KeepsRequests = false;
            var bot = telegram.AddBot();
            var subject = Subjects.OpenClaw(root, home.FullName);
            Configure(subject, telegram, bot, model);
            using (var build = Process.Start(subject.FileName, ["--version"]))
                await build.WaitForExitAsync();
            await using var server = await ServerProcess.StartAsync(subject);
            var stream = new MessageStream(bot);
            await stream.BurstAsync(WarmUpMessages, Chats, Patience);

            var cpu = server.CpuSeconds;
            var burst = await stream.BurstAsync(Messages, Chats, Patience);
            cpu = server.CpuSeconds - cpu;
            var latencies = await stream.PacedAsync(PacedMessages, Chats, PacePerSecond, Patience);
            latencies.Sort();

            var text = Describe(load, Messages / burst.TotalSeconds, cpu * 1e3 / Messages, latencies, bot.CallsOf("setMessageReaction").Count, server.ResidentMegabytes);
            await Console.Out.WriteAsync(text);
            Report.Replace(Path.Combine(root, "docs", "benchmarks.md"), "## Telegram", text);
            return 0;
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static void Configure(Subject subject, FakeBotServer telegram, FakeBot bot, FakeModelServer model) => File.WriteAllText(
        Path.Combine(subject.Environment["OPENCLAW_STATE_DIR"], "openclaw.json"),
        $$"""
        { "gateway": { "mode": "local", "auth": { "token": "{{Subjects.Token}}" } },
          "models": { "providers": { "fake": { "baseUrl": "{{model.OpenAiBaseUrl}}", "apiKey": "bench-model-key", "api": "openai-completions", "models": [ { "id": "m", "name": "m" } ] } } },
          "agents": { "defaults": { "model": { "primary": "fake/m" } } },
          "session": { "dmScope": "per-channel-peer" },
          "messages": { "queue": { "mode": "followup", "cap": 100000, "debounceMs": 0 }, "ackReaction": "👀", "ackReactionScope": "all" },
          "channels": { "telegram": { "botToken": "{{bot.Token}}", "apiRoot": "{{telegram.Address.ToString().TrimEnd('/')}}", "dmPolicy": "open", "allowFrom": ["*"] } },
          "logging": { "file": "{{Path.Combine(subject.Environment["HOME"], "log")}}" } }
        """);

    private static string Describe(double load, double rate, double cpu, List<double> latencies, int reactions, double memory)
    {
        var text = new StringBuilder("## Telegram\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Written by `bench/run telegram`: {Messages:#,0} messages in {Chats} chats at once, then {PacedMessages:#,0} at {PacePerSecond:0} a second. Bot API, model and gateway share the machine;\n");
        text.Append(CultureInfo.InvariantCulture, $"the two answer at once. Ack reactions and typing are on ({reactions:#,0} reactions were set).\n\n");
        text.Append(CultureInfo.InvariantCulture, $"- Machine: {Machine.Describe()}\n- Load average when it began: {load:0.00}.{(Machine.IsQuiet(load) ? "" : " **Other programs were running: times are too long and rates too low.**")}\n\n");
        text.Append("| | unit | target | measured |\n|---|---|--:|--:|\n");
        text.Append(CultureInfo.InvariantCulture, $"| Messages answered | messages/s | ≥ 300 | **{rate:0}**{(rate < 300 ? " (missed)" : "")} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| Processor time of the gateway per message | ms | | {cpu:0.00} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| From the update to its answer, p50 | ms | | {At(latencies, 0.5):0.0} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| From the update to its answer, p99 | ms | ≤ 150 | **{At(latencies, 0.99):0.0}**{(At(latencies, 0.99) > 150 ? " (missed)" : "")} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| Memory of the gateway afterwards (RSS) | MB | | {memory:0} |\n");
        return text.ToString();
    }

    private static double At(List<double> sorted, double share) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}
