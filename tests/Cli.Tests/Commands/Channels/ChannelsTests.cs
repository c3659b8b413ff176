using System.Text.Json.Nodes;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Channels;

/// <summary>The accounts in the configuration, without a gateway.</summary>
public sealed class ChannelsTests : IDisposable
{
    private readonly CliHome _home = new();

    public ChannelsTests() => _home.WriteConfig();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task List_NothingConfigured_SaysSo()
    {
        Assert.Equal("Chat channels:\n\nAuth providers (OAuth + API keys):\n- none\n\nUsage: no provider usage available.\n", (await _home.RunAsync("channels", "list")).Out);
        Assert.Equal("{\n  \"chat\": {},\n  \"auth\": []\n}\n", (await _home.RunAsync("channels", "list", "--json", "--no-usage")).Out);
    }

    [Fact]
    public async Task Add_KeepsComments_AndTheListShowsIt()
    {
        await File.WriteAllTextAsync(_home.ConfigPath, (await File.ReadAllTextAsync(_home.ConfigPath)).Replace("\"gateway\"", "// my gateway\n  \"gateway\"", StringComparison.Ordinal));

        var added = await _home.RunAsync("channels", "add", "--channel", "telegram", "--token", "1:abc", "--name", "Front desk");

        Assert.Equal((0, "Added Telegram account \"default\".\n", ""), (added.ExitCode, added.Out, added.Error));
        Assert.Contains("// my gateway", await File.ReadAllTextAsync(_home.ConfigPath), StringComparison.Ordinal);
        Assert.Equal("1:abc\n", (await _home.RunAsync("config", "get", "channels.telegram.botToken")).Out);
        Assert.Contains("- Telegram default: configured, token=config, enabled\n", (await _home.RunAsync("channels", "list")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_ASecondAccount_KeepsTheFirst()
    {
        var file = Path.Combine(_home.Path, "token");
        await File.WriteAllTextAsync(file, "2:b\n");
        await _home.RunAsync("channels", "add", "--channel", "telegram", "--token", "1:a");

        Assert.Equal(0, (await _home.RunAsync("channels", "add", "--channel", "Telegram", "--account", "Work", "--token-file", file)).ExitCode);

        var text = (await _home.RunAsync("channels", "list")).Out;
        Assert.Contains("- Telegram default: configured, token=config, enabled\n- Telegram work: configured, token=tokenFile, enabled\n", text, StringComparison.Ordinal);
        Assert.Equal("""{"telegram":["default","work"]}""", JsonNode.Parse((await _home.RunAsync("channels", "list", "--json")).Out)!["chat"]!.ToJsonString());
    }

    [Fact]
    public async Task Remove_SwitchesOff_OrDeletesThatAccountAlone()
    {
        await _home.RunAsync("channels", "add", "--channel", "telegram", "--token", "1:a");
        await _home.RunAsync("channels", "add", "--channel", "telegram", "--account", "work", "--token", "2:b");

        Assert.Equal("Disabled Telegram account \"work\".\n", (await _home.RunAsync("channels", "remove", "--channel", "telegram", "--account", "work")).Out);
        Assert.Contains("- Telegram default: configured, token=config, enabled\n- Telegram work: configured, token=config, disabled\n", (await _home.RunAsync("channels", "list")).Out, StringComparison.Ordinal);
        Assert.Equal("Deleted Telegram account \"work\".\n", (await _home.RunAsync("channels", "remove", "--channel", "telegram", "--account", "work", "--delete")).Out);
        Assert.Contains("- Telegram default: configured, token=config, enabled\n\n", (await _home.RunAsync("channels", "list")).Out, StringComparison.Ordinal);
        Assert.Equal("Deleted Telegram account \"default\".\n", (await _home.RunAsync("channels", "remove", "--channel", "telegram", "--delete")).Out);
        Assert.Contains("Chat channels:\n\n", (await _home.RunAsync("channels", "list")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Unknown channel: pigeon (this gateway has: telegram)", "add", "--channel", "pigeon", "--token", "x")]
    [InlineData("this gateway has no WhatsApp yet", "add", "--channel", "whatsapp")]
    [InlineData("Telegram requires token or --token-file (or --use-env).", "add", "--channel", "telegram")]
    [InlineData("Error: give one of --token, --token-file and --use-env.", "add", "--channel", "telegram", "--token", "1:a", "--use-env")]
    [InlineData("Error: --token is no bot token", "add", "--channel", "telegram", "--token", "1:a/../b")]
    [InlineData("Error: --token-file: there is no file /nowhere/token", "add", "--channel", "telegram", "--token-file", "/nowhere/token")]
    [InlineData("Error: --use-env is for the default account only.", "add", "--channel", "telegram", "--account", "work", "--use-env")]
    [InlineData("Error: --account is letters, digits, - and _", "add", "--channel", "telegram", "--account", "a.b", "--token", "1:a")]
    [InlineData("error: required option '--channel <name>' not specified", "add", "--token", "1:a")]
    [InlineData("Error: there is no Telegram account \"nope\".", "remove", "--channel", "telegram", "--account", "nope", "--delete")]
    [InlineData("Channel login failed: Error: this gateway has no WhatsApp yet", "login")]
    [InlineData("Channel login failed: Error: Channel telegram does not support login", "login", "--channel", "telegram")]
    [InlineData("Channel logout failed: Error: this gateway has no WhatsApp yet", "logout")]
    [InlineData("Channel logout failed: Error: gateway closed (1006", "logout", "--channel", "telegram")]
    [InlineData("Error: Channel telegram does not support resolve.", "resolve", "--channel", "telegram", "@someone")]
    [InlineData("Error: gateway closed (1006", "capabilities")]
    [InlineData("Error: --lines is 1 to 5000", "logs", "--lines", "0")]
    [InlineData("Unknown channel: pigeon", "logs", "--channel", "pigeon")]
    [InlineData("Error: invalid --timeout: soon", "status", "--timeout", "soon")]
    public async Task WhatCannotBeDone_IsSaid(string expected, params string[] words)
    {
        var before = await File.ReadAllTextAsync(_home.ConfigPath);

        var result = await _home.RunAsync(["channels", .. words]);

        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(_home.ConfigPath));
    }

    [Fact]
    public async Task Status_NoGateway_ShowsTheConfiguration()
    {
        await _home.RunAsync("channels", "add", "--channel", "telegram", "--token", "1:a");

        var result = await _home.RunAsync("channels", "status");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("Gateway not reachable: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("Gateway not reachable; showing config-only status.\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("- Telegram default: enabled, configured, token:config\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_ShowTheChannelsLinesOnly()
    {
        await File.WriteAllTextAsync(_home.LogPath, """
            {"0":"{\"subsystem\":\"telegram\"}","1":"polling","_meta":{"logLevelName":"INFO"},"time":"2026-11-21T00:00:00.000Z"}
            {"0":"{\"subsystem\":\"gateway/ws\"}","1":"other","_meta":{"logLevelName":"INFO"},"time":"2026-11-21T00:00:01.000Z"}
            {"0":"{\"subsystem\":\"gateway/channels/telegram\"}","1":"of the peer","_meta":{"logLevelName":"WARN"},"time":"2026-11-21T00:00:02.000Z"}
            not json

            """);

        var text = await _home.RunAsync("channels", "logs", "--channel", "telegram");
        var json = JsonNode.Parse((await _home.RunAsync("channels", "logs", "--lines", "1", "--json")).Out)!;

        Assert.Equal($"Log file: {_home.LogPath}\n2026-11-21T00:00:00.000Z info telegram polling\n2026-11-21T00:00:02.000Z warn gateway/channels/telegram of the peer\n", text.Out);
        Assert.Equal(("all", "of the peer"), ((string?)json["channel"], (string?)Assert.Single(json["lines"]!.AsArray())!["message"]));
        Assert.Contains("No matching log lines.", (await _home.RunAsync("channels", "logs", "--channel", "whatsapp")).Out, StringComparison.Ordinal);
    }
}

/// <summary>The accounts as a running gateway has them.</summary>
[Collection(nameof(TelegramGatewayCollection))]
public sealed class RunningChannelsTests(TelegramGateway gateway)
{
    [Fact]
    public async Task Status_ShowsTheAccount_AndWithAProbeWhatTheServiceSays()
    {
        var text = await gateway.Home.RunAsync("channels", "status");
        var probed = await gateway.Home.RunAsync("channels", "status", "--probe");

        Assert.StartsWith("Gateway reachable.\n- Telegram default: enabled, configured, running, connected, mode:polling, token:config, dm:pairing", text.Out, StringComparison.Ordinal);
        Assert.Contains(", works (@fake_bot)", probed.Out, StringComparison.Ordinal);
        Assert.Equal("telegram", (string?)JsonNode.Parse((await gateway.Home.RunAsync("channels", "status", "--json")).Out)!["channelOrder"]![0]);
    }

    [Fact]
    public async Task Capabilities_NameTheActions()
    {
        var text = await gateway.Home.RunAsync("channels", "capabilities", "--channel", "telegram", "--account", "default");
        var wrong = await gateway.Home.RunAsync("channels", "capabilities", "--channel", "pigeon");

        Assert.Equal("Telegram default\nActions: send, poll, react, edit, delete, pin, unpin, thread-create, sticker, typing\nStatus: configured, enabled, connected\n", text.Out);
        Assert.Equal((1, "Unknown channel \"pigeon\", or it has no such account.\n"), (wrong.ExitCode, wrong.Error));
    }

    [Fact]
    public async Task Logout_OfABot_SaysWhatToDo()
    {
        var result = await gateway.Home.RunAsync("channels", "logout", "--channel", "telegram");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("BotFather", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Added_IsUsedAtOnce_Probed_AndRemoved()
    {
        var second = gateway.Server.AddBot("777:second", "second_bot");

        var added = await gateway.Home.RunAsync("channels", "add", "--channel", "telegram", "--account", "second", "--token", second.Token, "--probe");
        Assert.Equal((0, "Added Telegram account \"second\".\nIt works: @second_bot\n", ""), (added.ExitCode, added.Out, added.Error));
        Assert.Contains("- Telegram second: enabled, configured, running", (await gateway.Home.RunAsync("channels", "status")).Out, StringComparison.Ordinal);

        var wrong = await gateway.Home.RunAsync("channels", "add", "--channel", "telegram", "--account", "third", "--token", "1:unknown", "--probe");
        Assert.Equal((1, "Added Telegram account \"third\".\n"), (wrong.ExitCode, wrong.Out));
        Assert.StartsWith("It does not work: ", wrong.Error, StringComparison.Ordinal);

        await gateway.Home.RunAsync("channels", "remove", "--channel", "telegram", "--account", "third", "--delete");
        await gateway.Home.RunAsync("channels", "remove", "--channel", "telegram", "--account", "second", "--delete");
        await OpenClaw.Testing.TestTimeouts.Until(async () => !(await gateway.Home.RunAsync("channels", "status")).Out.Contains("second", StringComparison.Ordinal), "the account to be gone");
        Assert.Contains("- Telegram default: enabled, configured, running", (await gateway.Home.RunAsync("channels", "status")).Out, StringComparison.Ordinal);
    }
}
