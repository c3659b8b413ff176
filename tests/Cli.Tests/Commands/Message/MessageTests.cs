using System.Text.Json.Nodes;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Message;

/// <summary>The message commands through a running gateway to a bot's service.</summary>
[Collection(nameof(TelegramGatewayCollection))]
public sealed class MessageTests(TelegramGateway gateway)
{
    [Fact]
    public async Task Send_ArrivesOnce_AndARepeatWithItsKeySendsNothing()
    {
        gateway.Bot.Chat(1001);

        var first = await RunAsync("send", "--target", "1001", "--message", "**hi**", "--idempotency-key", "once");
        var again = await RunAsync("send", "--target", "1001", "--message", "**hi**", "--idempotency-key", "once");

        Assert.Equal((0, "✅ Sent via gateway (telegram). Message ID: 1\n", ""), (first.ExitCode, first.Out, first.Error));
        Assert.Equal(first, again);
        Assert.Single(gateway.Bot.Sent, sent => sent.ChatId == 1001);
    }

    [Fact]
    public async Task Send_ToAName_IsNoFileOfMoreWords()
    {
        gateway.Bot.Chat(1008).Username = "somebody";

        Assert.Equal(0, (await RunAsync("send", "--target", "@somebody", "--message", "@hi")).ExitCode);
        Assert.Equal("@hi", Assert.Single(gateway.Bot.Sent, sent => sent.ChatId == 1008).Text);
    }

    [Fact]
    public async Task Send_WithAllItCan_SaysSoToTheService()
    {
        gateway.Bot.Chat(-1002).Topics.Add(9);

        var sent = await RunAsync(
            "send", "-t", "-1002", "-m", "sure?", "--thread-id", "9", "--silent", "--buttons", """[[{"text":"Yes","callback_data":"y"}]]""", "--json");

        var answer = JsonNode.Parse(sent.Out)!;
        Assert.Equal(("send", "telegram", false, "core"), ((string?)answer["action"], (string?)answer["channel"], (bool?)answer["dryRun"], (string?)answer["handledBy"]));
        Assert.Equal(("gateway", "1"), ((string?)answer["payload"]!["via"], (string?)answer["payload"]!["result"]!["messageId"]));
        var call = Assert.Single(gateway.Bot.CallsOf("sendMessage"), call => call["chat_id"] == "-1002");
        Assert.Equal(("9", "true", """{"inline_keyboard":[[{"text":"Yes","callback_data":"y"}]]}"""), (call["message_thread_id"], call["disable_notification"], call["reply_markup"]));
    }

    [Fact]
    public async Task Send_AFile_SendsItAndLeavesNoCopy()
    {
        gateway.Bot.Chat(1003);
        var file = Path.Combine(gateway.Home.Path, "note.txt");
        await File.WriteAllTextAsync(file, "read me");

        var sent = await RunAsync("send", "--target", "1003", "--message", "look", "--media", file);
        var alone = await RunAsync("send", "--target", "1003", "--media", file);

        Assert.Equal((0, 0, ""), (sent.ExitCode, alone.ExitCode, sent.Error + alone.Error));
        var calls = gateway.Bot.CallsOf("sendDocument").Where(call => call["chat_id"] == "1003").ToList();
        Assert.Equal(["look", null], calls.Select(call => call["caption"]));
        Assert.All(calls, call => Assert.Equal("note.txt", call.Files["document"].FileName));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(gateway.Home.State, "media", "given")));
    }

    [Theory]
    [InlineData("Error: send requires text or media: give --message or --media.", "send", "--target", "1")]
    [InlineData("Error: --buttons is no JSON list of rows", "send", "--target", "1", "--message", "x", "--buttons", "[{")]
    [InlineData("Error: --buttons is no JSON list of rows", "send", "--target", "1", "--message", "x", "--buttons", "[1]")]
    [InlineData("Error: buttons are rows of {text, callback_data}", "send", "--target", "1", "--message", "x", "--buttons", "[[{}]]")]
    [InlineData("Error: --media: there is no file /nowhere/at/all", "send", "--target", "1", "--media", "/nowhere/at/all")]
    [InlineData("Error: media cannot be sent: ", "send", "--target", "1", "--media", "http://169.254.169.254/latest")]
    [InlineData("Error: unsupported channel: pigeon", "send", "--target", "1", "--message", "x", "--channel", "pigeon")]
    [InlineData("Error: unsupported channel: whatsapp", "send", "--target", "+1555", "--message", "x", "--channel", "whatsapp")]
    [InlineData("Error: Telegram account nobody is not running", "send", "--target", "1", "--message", "x", "--account", "nobody")]
    [InlineData("Error: Error: the receiver is no chat of Telegram", "send", "--target", "?!", "--message", "x")]
    [InlineData("chat not found", "send", "--target", "404404", "--message", "x")]
    [InlineData("Error: invalid --timeout: soon", "send", "--target", "1", "--message", "x", "--timeout", "soon")]
    [InlineData("Error: no channel of this gateway can send cards", "send", "--target", "1", "--card", "{}")]
    [InlineData("Error: --emoji or --remove is needed.", "react", "--target", "1", "--message-id", "1")]
    [InlineData("Error: --message is needed.", "edit", "--target", "1", "--message-id", "1")]
    [InlineData("a poll has a question and 2 to 12 options", "poll", "--target", "1", "--poll-question", "q", "--poll-option", "a")]
    [InlineData("Error: Message action read is not supported for Telegram. Supported: send, poll, ", "read", "--target", "1", "--limit", "5")]
    [InlineData("Error: Message action ban is not supported for Telegram. Supported: send, poll, ", "ban", "--target", "1", "--user-id", "5")]
    [InlineData("Error: Message action thread-list is not supported for Telegram.", "thread", "list", "--target", "1")]
    [InlineData("Error: Message action emoji-list is not supported for Telegram.", "emoji", "list", "--guild-id", "1")]
    public async Task WhatCannotBeDone_IsSaid(string expected, params string[] words)
    {
        var result = await RunAsync(words);

        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherActions_ReachTheService()
    {
        var chat = gateway.Bot.Chat(1004);
        await RunAsync("send", "--target", "1004", "--message", "first");

        Assert.Equal("✅ React done via gateway (telegram).\n", (await RunAsync("react", "--target", "1004", "--message-id", "1", "--emoji", "👍")).Out);
        Assert.Equal("✅ Edit done via gateway (telegram).\n", (await RunAsync("edit", "--target", "1004", "--message-id", "1", "--message", "second")).Out);
        Assert.Equal("✅ Pin done via gateway (telegram).\n", (await RunAsync("pin", "--target", "1004", "--message-id", "1")).Out);
        Assert.Equal("✅ Unpin done via gateway (telegram).\n", (await RunAsync("unpin", "--target", "1004", "--message-id", "1")).Out);
        Assert.Equal("✅ Delete done via gateway (telegram).\n", (await RunAsync("delete", "--target", "1004", "--message-id", "1")).Out);
        Assert.StartsWith("✅ Thread created via gateway (telegram). Thread ID: ", (await RunAsync("thread", "create", "--target", "1004", "--thread-name", "news")).Out, StringComparison.Ordinal);
        Assert.StartsWith("✅ Sent via gateway (telegram). Message ID: ", (await RunAsync("sticker", "send", "--target", "1004", "--sticker-id", "CAAD")).Out, StringComparison.Ordinal);
        Assert.StartsWith("✅ Sent via gateway (telegram). Message ID: ", (await RunAsync("poll", "--target", "1004", "--poll-question", "When?", "--poll-option", "now", "--poll-option", "later", "--poll-multi")).Out, StringComparison.Ordinal);

        Assert.Single(chat.Topics);
        Assert.Equal("true", gateway.Bot.CallsOf("sendPoll").Single(call => call["chat_id"] == "1004")["allows_multiple_answers"]);
    }

    [Fact]
    public async Task Broadcast_SomeFail_TheOthersGetIt_AndARepeatReachesOnlyWhoDidNot()
    {
        gateway.Bot.Chat(1005);

        var first = await RunAsync("broadcast", "--targets", "1005", "500500", "1006", "1005", "--message", "all", "--idempotency-key", "b");
        gateway.Bot.Chat(1006);
        var again = await RunAsync("broadcast", "--targets", "1005", "1006", "--message", "all", "--idempotency-key", "b2", "--json");

        Assert.Equal(1, first.ExitCode);
        Assert.StartsWith("Broadcast complete (1/3 succeeded, 2 failed)\n", first.Out, StringComparison.Ordinal);
        // They were refused for good, which a repeat with the same key would only find again.
        Assert.DoesNotContain("--idempotency-key", first.Error, StringComparison.Ordinal);
        Assert.Equal((0, 2), (again.ExitCode, JsonNode.Parse(again.Out)!["payload"]!["results"]!.AsArray().Count));
        Assert.Equal(2, gateway.Bot.Sent.Count(sent => sent.ChatId == 1005));
    }

    [Fact]
    public async Task DryRun_AsksNothing()
    {
        var text = await RunAsync("send", "--target", "1007", "--message", "x", "--dry-run");
        var json = await RunAsync("send", "--target", "1007", "--message", "x", "--dry-run", "--json");

        Assert.Equal((0, "[dry-run] would run send via telegram\n"), (text.ExitCode, text.Out));
        Assert.Equal(("dry-run", "1007"), ((string?)JsonNode.Parse(json.Out)!["handledBy"], (string?)JsonNode.Parse(json.Out)!["payload"]!["to"]));
        Assert.DoesNotContain(gateway.Bot.Calls, call => call["chat_id"] == "1007");
    }

    private Task<CommandResult> RunAsync(params string[] words) => gateway.Home.RunAsync(["message", .. words]);
}

/// <summary>The message commands where no gateway runs: none is started, and nothing is sent.</summary>
public sealed class MessageWithoutGatewayTests : IDisposable
{
    private readonly CliHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Send_NoChannelConfigured_SaysSo()
    {
        _home.WriteConfig();

        var result = await _home.RunAsync("message", "send", "--target", "+15550001", "--message", "hi");

        Assert.Equal((1, "Error: Channel is required (no configured channels detected).\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Send_SeveralChannelsConfigured_NamesThem()
    {
        _home.WriteConfig(more: """  "channels": { "telegram": {}, "whatsapp": {}, "signal": { "enabled": false } }""");

        var result = await _home.RunAsync("message", "send", "--target", "1", "--message", "hi");

        Assert.Equal("Error: Channel is required when multiple channels are configured: telegram, whatsapp\n", result.Error);
    }

    [Fact]
    public async Task Send_NoGateway_SaysSoAndLeavesNoCopy()
    {
        _home.WriteConfig(more: """  "channels": { "telegram": { "botToken": "1:a" } }""");
        var file = Path.Combine(_home.Path, "a.txt");
        await File.WriteAllTextAsync(file, "x");

        var result = await _home.RunAsync("message", "send", "--target", "1", "--message", "hi", "--media", file);

        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        Assert.StartsWith("Error: gateway closed (1006", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--idempotency-key", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_home.State, "media", "given")));
    }

    [Fact]
    public async Task Send_NoTarget_IsAMistakeOfTheCommandLine()
    {
        var result = await _home.RunAsync("message", "send");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("error: required option '-t, --target <dest>' not specified", result.Error, StringComparison.Ordinal);
    }
}
