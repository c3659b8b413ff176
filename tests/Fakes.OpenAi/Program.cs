using System.Globalization;

namespace OpenClaw.Fakes.OpenAi;

/// <summary>The fake model server as a program: <c>Fakes.OpenAi [--port N]</c> prints its address and runs until it is stopped.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var port = 0;
        if (args.Length > 0 && (args is not ["--port", var text] || !int.TryParse(text, CultureInfo.InvariantCulture, out port) || port is < 0 or > 65535))
        {
            await Console.Error.WriteLineAsync("usage: Fakes.OpenAi [--port <0-65535>]");
            return 2;
        }
        await using var server = await FakeModelServer.StartAsync(port);
        await Console.Out.WriteLineAsync(server.Address.ToString().TrimEnd('/'));
        await server.RunAsync();
        return 0;
    }
}
