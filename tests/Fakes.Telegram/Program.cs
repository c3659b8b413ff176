using System.Globalization;

namespace OpenClaw.Fakes.Telegram;

/// <summary>The fake Bot API as a program: <c>Fakes.Telegram [--port N] [--token T]</c> prints its address and runs until it is stopped. See <see cref="ControlApi"/>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var port = 0;
        var token = FakeBot.DefaultToken;
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            if (args[i] == "--token" && value.Length > 0)
                token = value;
            else if (args[i] != "--port" || !int.TryParse(value, CultureInfo.InvariantCulture, out port) || port is < 0 or > 65535)
            {
                await Console.Error.WriteLineAsync("usage: Fakes.Telegram [--port <0-65535>] [--token <token>]");
                return 2;
            }
        }
        await using var server = await FakeBotServer.StartAsync(port);
        server.AddBot(token, "fake_bot");
        await Console.Out.WriteLineAsync(server.Address.ToString().TrimEnd('/'));
        await server.RunAsync();
        return 0;
    }
}
