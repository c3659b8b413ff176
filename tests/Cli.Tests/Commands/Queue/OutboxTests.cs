using System.Text.Json.Nodes;
using OpenClaw.Cli.Tests.Support;
using OpenClaw.Fakes.Telegram;

namespace OpenClaw.Cli.Tests.Commands.Queue;

/// <summary>Messages on their way out, through a running gateway.</summary>
[Collection(nameof(TelegramGatewayCollection))]
public sealed class OutboxTests(TelegramGateway gateway)
{
    [Fact]
    public async Task Refused_IsListedSentAgainAndDelivered()
    {
        Assert.Equal(1, (await gateway.Home.RunAsync("message", "send", "--target", "2001", "--message", "secret words")).ExitCode);
        var id = await FindAsync("2001", "failed");

        var table = (await gateway.Home.RunAsync("queue", "list", "--state", "failed")).Out;
        Assert.Contains(id, table, StringComparison.Ordinal);
        Assert.Contains("chat not found", table, StringComparison.Ordinal);
        Assert.DoesNotContain("secret words", table, StringComparison.Ordinal);
        Assert.Contains(" failed · ", (await gateway.Home.RunAsync("status")).Out, StringComparison.Ordinal);

        gateway.Bot.Chat(2001);
        var retried = await gateway.Home.RunAsync("queue", "retry", id);
        Assert.Equal((0, $"Message {id} is sent again as {id}~1.\n", ""), (retried.ExitCode, retried.Out, retried.Error));
        await OpenClaw.Testing.TestTimeouts.Until(() => gateway.Bot.Sent.Any(sent => sent.ChatId == 2001), "the message to be sent");
        var again = await gateway.Home.RunAsync("queue", "retry", id);
        Assert.Equal((1, $"Error: message {id} was sent again as {id}~1\n"), (again.ExitCode, again.Error));
    }

    [Fact]
    public async Task NoAnswerAndThenRefused_IsAmbiguous_AndDropped()
    {
        gateway.Bot.Chat(2002);
        gateway.Bot.Faults.Add(Fault.Of(FaultKind.ResetAfter, "sendMessage"));
        gateway.Bot.Faults.Add(Fault.BadRequest("sendMessage", "no more"));

        var sent = await gateway.Home.RunAsync("message", "send", "--target", "2002", "--message", "x", "--idempotency-key", "amb");
        Assert.Equal(1, sent.ExitCode);
        Assert.Contains("it may be there", sent.Error, StringComparison.Ordinal);
        // A repeat would find the same, and only a person can decide.
        Assert.DoesNotContain("--idempotency-key", sent.Error, StringComparison.Ordinal);
        var id = await FindAsync("2002", "ambiguous");
        Assert.Contains("1 ambiguous · ", (await gateway.Home.RunAsync("status")).Out, StringComparison.Ordinal);

        Assert.Equal($"Message {id} is forgotten.\n", (await gateway.Home.RunAsync("queue", "drop", id)).Out);
        Assert.Equal($"Error: message {id} was dropped\n", (await gateway.Home.RunAsync("queue", "drop", id)).Error);
    }

    [Theory]
    [InlineData("Error: no message none is known", "retry", "none")]
    [InlineData("Error: no message none is known", "drop", "none")]
    [InlineData("Error: invalid outbox.retry params: at /id: must NOT have fewer than 1 characters", "retry", "")]
    [InlineData("Error: --limit is 1 to 1000", "list", "--limit", "0")]
    [InlineData("error: ", "list", "--state", "lost")]
    [InlineData("error: missing required argument", "retry")]
    [InlineData("is in use by", "replay", "agent.inbound", "1")]
    public async Task WhatCannotBeDone_IsSaid(string expected, params string[] words)
    {
        var result = await gateway.Home.RunAsync(["queue", .. words]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    private async Task<string> FindAsync(string chat, string state)
    {
        var list = JsonNode.Parse((await gateway.Home.RunAsync("queue", "list", "--json", "--state", state, "--channel", "telegram")).Out)!;
        return (string)Assert.Single(list["messages"]!.AsArray(), row => (string?)row!["to"] == chat)!["id"]!;
    }
}
