using OpenClaw.Conformance.Tests.Peer;

namespace OpenClaw.Conformance.Tests.Clients;

/// <summary>The original's command line, unchanged, against our gateway.</summary>
public sealed class PeerClientTests(PeerClientFixture fixture) : IClassFixture<PeerClientFixture>
{
    [PeerFact]
    public async Task GatewayHealth_Text_SaysOk()
    {
        var result = await fixture.Client.RunAsync(fixture.Port, "gateway", "health");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("OK (", result.Output, StringComparison.Ordinal);
    }

    [PeerFact]
    public async Task GatewayHealth_Json_HasWhatScriptsRead()
    {
        var result = await fixture.Client.RunAsync(fixture.Port, "gateway", "health", "--json");

        Assert.True(result.ExitCode == 0, result.ToString());
        var health = CommandLineClient.JsonOf(result);
        Assert.True((bool)health["ok"]!);
        Assert.Equal("main", (string?)health["defaultAgentId"]);
        Assert.Equal("main", (string?)health["agents"]![0]!["agentId"]);
    }

    [PeerFact]
    public async Task Health_Text_ListsAgentsAndSessions()
    {
        var result = await fixture.Client.RunAsync(fixture.Port, "health");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("Agents: main (default)", result.Output, StringComparison.Ordinal);
        Assert.Contains("Session store (main):", result.Output, StringComparison.Ordinal);
    }

    [PeerFact]
    public async Task CallStatus_NamesTheModelInForce()
    {
        var status = await fixture.Client.CallAsync(fixture.Port, "status");

        Assert.Equal("fake-1", (string?)status["sessions"]!["defaults"]!["model"]);
    }

    [PeerFact]
    public async Task CallSystemPresence_ShowsTheGateway()
    {
        var result = await fixture.Client.RunAsync(fixture.Port, "gateway", "call", "system-presence", "--json");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("\"mode\": \"gateway\"", result.Output, StringComparison.Ordinal);
    }

    [PeerFact]
    public async Task CallUnknownMethod_FailsWithOurReason()
    {
        var result = await fixture.Client.RunAsync(fixture.Port, "gateway", "call", "no.such.method");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("unknown method: no.such.method", result.Error, StringComparison.Ordinal);
    }

    [PeerFact]
    public async Task StatusJson_FindsTheGatewayReachable()
    {
        var result = await fixture.Client.RunAsync(fixture.Port, "status", "--json");

        Assert.True(result.ExitCode == 0, result.ToString());
        var gateway = CommandLineClient.JsonOf(result)["gateway"]!;
        Assert.True((bool)gateway["reachable"]!, result.ToString());
        Assert.NotNull(gateway["self"]);
    }

    [PeerFact]
    public async Task Agent_WithAModel_PrintsItsAnswerAndListsTheSession()
    {
        var result = await fixture.Client.RunAsync(fixture.Port, "agent", "--agent", "main", "--message", "#say the answer of the model");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal("the answer of the model", result.Output.Trim());
        var sessions = await fixture.Client.CallAsync(fixture.Port, "sessions.list");
        Assert.Contains(sessions["sessions"]!.AsArray(), row => (string?)row!["key"] == "agent:main:main");
    }

    [PeerFact]
    public async Task Agent_Json_ReportsPayloadsAndUsage()
    {
        var result = await fixture.Client.RunAsync(fixture.Port, "agent", "--session-id", "x", "--message", "#say counted", "--json");

        Assert.True(result.ExitCode == 0, result.ToString());
        var run = CommandLineClient.JsonOf(result);
        Assert.Equal("ok", (string?)run["status"]);
        Assert.Equal("counted", (string?)run["result"]!["payloads"]![0]!["text"]);
        Assert.Equal("x", (string?)run["result"]!["meta"]!["agentMeta"]!["sessionId"]);
        Assert.True((int)run["result"]!["meta"]!["agentMeta"]!["usage"]!["output"]! > 0, result.ToString());
    }

    [PeerFact]
    public async Task Logs_Plain_ShowsTheGatewaysLines()
    {
        var result = await fixture.Client.RunAsync(fixture.Port, "logs", "--plain", "--limit", "50");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("Log file:", result.Output, StringComparison.Ordinal);
        Assert.Contains(" info ", result.Output, StringComparison.Ordinal);
    }

    /// <summary>What somebody types who looks around: each command finds what it asks the gateway for.</summary>
    [PeerFact]
    public async Task LookingAround_EveryCommandIsAnswered()
    {
        (string Command, string Says)[] commands =
        [
            ("channels status", "Gateway reachable."),
            ("cron status", "\"enabled\": true"),
            ("cron list", "No cron jobs."),
            ("gateway usage-cost", "Usage cost"),
            ("system event --text hello --mode next-heartbeat", "ok"),
            ("system heartbeat last", "null"),
            ("approvals get --gateway", "Approvals"),
        ];
        foreach (var (command, says) in commands)
        {
            var result = await fixture.Client.RunAsync(fixture.Port, command.Split(' '));

            Assert.True(result.ExitCode == 0 && result.Output.Contains(says, StringComparison.Ordinal), result.ToString());
        }
    }
}
