using System.Text.Json.Nodes;
using OpenClaw.Cli.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Commands;

/// <summary>A stranger who writes to a bot, and is let in and told so.</summary>
[Collection(nameof(TelegramGatewayCollection))]
public sealed class PairingNotifyTests(TelegramGateway gateway)
{
    [Fact]
    public async Task Stranger_IsLetInByHisCode_AndToldSo()
    {
        gateway.Bot.Enqueue(Fakes.Telegram.Updates.Text(3001, 1, "hello"));
        await TestTimeouts.Until(() => gateway.Bot.Sent.Any(sent => sent.ChatId == 3001), "the code to be sent");
        var code = (string)JsonNode.Parse((await gateway.Home.RunAsync("pairing", "list", "telegram", "--json")).Out)!["requests"]!.AsArray().Single(request => (string?)request!["id"] == "3001")!["code"]!;
        var listed = JsonNode.Parse((await gateway.Home.RunAsync("gateway", "call", "channels.pairing.list", "--params", """{"channel":"telegram"}""", "--json")).Out)!;
        Assert.Contains(listed["requests"]!.AsArray(), request => (string?)request!["code"] == code);

        var approved = await gateway.Home.RunAsync("pairing", "approve", "telegram", code.ToLowerInvariant(), "--notify");

        Assert.Equal((0, "Approved telegram sender 3001.\n", ""), (approved.ExitCode, approved.Out, approved.Error));
        Assert.Contains(gateway.Bot.Sent, sent => sent.ChatId == 3001 && sent.Text.StartsWith("✅", StringComparison.Ordinal));
        Assert.Equal(1, (await gateway.Home.RunAsync("pairing", "approve", "telegram", code)).ExitCode);
    }

    [Fact]
    public async Task OverTheGateway_IsLetInAndToldToo()
    {
        gateway.Bot.Enqueue(Fakes.Telegram.Updates.Text(3002, 1, "hello"));
        await TestTimeouts.Until(() => gateway.Bot.Sent.Any(sent => sent.ChatId == 3002), "the code to be sent");
        var code = (string)JsonNode.Parse((await gateway.Home.RunAsync("pairing", "list", "telegram", "--json")).Out)!["requests"]!.AsArray().Single(request => (string?)request!["id"] == "3002")!["code"]!;

        var parameters = new JsonObject { ["channel"] = "telegram", ["code"] = code, ["notify"] = true }.ToJsonString();
        var approved = await gateway.Home.RunAsync("gateway", "call", "channels.pairing.approve", "--params", parameters, "--json");

        Assert.Equal(("3002", true), ((string?)JsonNode.Parse(approved.Out)!["id"], (bool?)JsonNode.Parse(approved.Out)!["notified"]));
        Assert.Contains(gateway.Bot.Sent, sent => sent.ChatId == 3002 && sent.Text.StartsWith("✅", StringComparison.Ordinal));
    }
}
