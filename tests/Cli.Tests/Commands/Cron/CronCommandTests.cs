using System.Text.Json.Nodes;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Cron;

/// <summary>The cron commands against a running gateway, and what they say about words that make no job.</summary>
[Collection(nameof(RunningGatewayCollection))]
public sealed class CronCommandTests(RunningGateway gateway)
{
    [Fact]
    public async Task Job_IsMadeShownChangedRunAndRemoved()
    {
        var added = await gateway.Home.RunAsync("cron", "add", "--name", "t3", "--cron", "0 7 * * *", "--tz", "Europe/Berlin", "--message", "hi", "--session", "isolated", "--announce", "--channel", "last");
        Assert.Equal((0, ""), (added.ExitCode, added.Error));
        var job = JsonNode.Parse(added.Out)!;
        var id = (string)job["id"]!;
        Assert.Equal("""{"mode":"announce","channel":"last"}""", job["delivery"]!.ToJsonString());

        var table = (await gateway.Home.RunAsync("cron", "list")).Out.Split('\n');
        Assert.Equal("ID                                   Name                     Schedule                         Next       Last       Status    Target    Agent     ", table[0]);
        Assert.Matches($"^{id} t3                       cron 0 7 \\* \\* \\* @ Europe/Berlin   in \\d+[hm] +-          idle      isolated  default$", Assert.Single(table, row => row.StartsWith(id, StringComparison.Ordinal)));

        var edited = await gateway.Home.RunAsync("cron", "edit", id, "--name", "t4", "--no-deliver");
        Assert.Equal(("t4", "none"), ((string?)JsonNode.Parse(edited.Out)!["name"], (string?)JsonNode.Parse(edited.Out)!["delivery"]!["mode"]));
        Assert.False((bool)JsonNode.Parse((await gateway.Home.RunAsync("cron", "disable", id)).Out)!["enabled"]!);
        Assert.DoesNotContain(id, (await gateway.Home.RunAsync("cron", "list")).Out, StringComparison.Ordinal);
        Assert.Contains(id, (await gateway.Home.RunAsync("cron", "list", "--all")).Out, StringComparison.Ordinal);
        Assert.True((bool)JsonNode.Parse((await gateway.Home.RunAsync("cron", "enable", id)).Out)!["enabled"]!);

        var run = JsonNode.Parse((await gateway.Home.RunAsync("cron", "run", id, "--due")).Out)!;
        Assert.Equal("not-due", (string?)run["reason"]);
        Assert.Equal("{\n  \"entries\": []\n}\n", (await gateway.Home.RunAsync("cron", "runs", "--id", id)).Out);
        Assert.True((bool)JsonNode.Parse((await gateway.Home.RunAsync("cron", "rm", id)).Out)!["removed"]!);
        Assert.Equal((0, "{\n  \"ok\": true,\n  \"removed\": false\n}\n"), await OutOf("cron", "rm", id));
        Assert.True((bool)JsonNode.Parse((await gateway.Home.RunAsync("cron", "status")).Out)!["enabled"]!);
    }

    [Theory]
    [InlineData("Choose exactly one schedule: --at, --every, or --cron", "--name", "bad")]
    [InlineData("Choose exactly one schedule: --at, --every, or --cron", "--name", "bad", "--at", "20m", "--every", "1h", "--message", "x")]
    [InlineData("Choose exactly one payload: --system-event or --message", "--name", "bad", "--every", "1h")]
    [InlineData("Isolated jobs require --message.", "--name", "bad", "--every", "1h", "--system-event", "x", "--session", "isolated")]
    [InlineData("Main jobs require --system-event.", "--name", "bad", "--every", "1h", "--message", "x", "--session", "main")]
    [InlineData("Invalid --every; use e.g. 10m, 1h, 1d", "--name", "bad", "--every", "soon", "--message", "x")]
    [InlineData("Invalid schedule.at: expected ISO-8601 timestamp (got soon)", "--name", "bad", "--at", "soon", "--message", "x")]
    public async Task Add_OfWhatIsNone_SaysWhy(string expected, params string[] words)
    {
        var result = await gateway.Home.RunAsync(["cron", "add", .. words]);

        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    private async Task<(int, string)> OutOf(params string[] words)
    {
        var result = await gateway.Home.RunAsync(words);
        return (result.ExitCode, result.Out);
    }
}
