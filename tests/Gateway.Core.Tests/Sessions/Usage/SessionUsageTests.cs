using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Usage;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Sessions;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Usage;

public sealed class SessionUsageTests : IAsyncLifetime
{
    private readonly SessionsHost _host = new();

    [Fact]
    public async Task Read_RecordedTranscript_GivesTheRecordedNumbers()
    {
        // Two messages the peer answered with these numbers, in the form it stored them.
        WriteUsed(
            "s1",
            """{"type":"session","version":3,"id":"s1"}""",
            """{"type":"message","timestamp":"2026-11-21T03:33:28.235Z","message":{"role":"user","content":"after compact"}}""",
            """{"type":"message","timestamp":"2026-11-21T03:33:28.239Z","message":{"role":"assistant","content":[],"provider":"fake","model":"fake-1","usage":{"input":11901,"output":25,"cacheRead":10,"cacheWrite":0,"totalTokens":11936,"cost":{"input":0.011901,"output":0.00005,"cacheRead":0.000001,"cacheWrite":0,"total":0.011952}},"stopReason":"stop"}}""",
            """{"type":"message","timestamp":"2026-11-21T03:33:29.049Z","message":{"role":"assistant","content":[],"provider":"openclaw","model":"gateway-injected","usage":{"input":0,"output":0,"cacheRead":0,"cacheWrite":0,"totalTokens":0,"cost":{"total":0}},"stopReason":"stop"}}""");
        await _host.StoreAsync("ops", e => e.Set("sessionId", "s1").Set("updatedAt", 7).Set("label", "L").Set("channel", "webchat"));

        var json = JsonNode.Parse(JsonSerializer.Serialize(await ReadAsync(new()), ProtocolJson.Context.SessionUsageResult))!;
        Assert.Null(SchemaValidator.Validate(ProtocolJson.SchemaOf<SessionUsageResult>(), JsonDocument.Parse(json.ToJsonString()).RootElement));

        Assert.Equal(("2026-10-23", "2026-11-21"), ((string?)json["startDate"], (string?)json["endDate"]));
        var row = json["sessions"]![0]!;
        Assert.Equal(("agent:main:ops", "L", "main", "webchat"), ((string?)row["key"], (string?)row["label"], (string?)row["agentId"], (string?)row["channel"]));
        var usage = row["usage"]!;
        Assert.Equal((814, 11936, 0.011952), ((int?)usage["durationMs"], (int?)usage["totalTokens"], (double?)usage["totalCost"]));
        Assert.Equal("""{"total":3,"user":1,"assistant":2,"toolCalls":0,"toolResults":0,"errors":0}""", usage["messageCounts"]!.ToJsonString());
        Assert.Equal("""{"count":2,"avgMs":409,"p95Ms":814,"minMs":4,"maxMs":814}""", usage["latency"]!.ToJsonString());
        Assert.Equal("""[{"date":"2026-11-21","tokens":11936,"cost":0.011952}]""", usage["dailyBreakdown"]!.ToJsonString());
        Assert.Equal(["fake", "openclaw"], json["aggregates"]!["byProvider"]!.AsArray().Select(p => (string?)p!["provider"]));
        Assert.Equal("webchat", (string?)json["aggregates"]!["byChannel"]![0]!["channel"]);
        Assert.Equal(11936, (int?)json["totals"]!["totalTokens"]);
        Assert.Null(usage["toolUsage"]);
    }

    [Fact]
    public async Task Read_ToolsAndFailures_AreCounted()
    {
        WriteUsed(
            "s1",
            """{"type":"message","timestamp":"2026-11-21T03:00:00Z","message":{"role":"assistant","content":[{"type":"toolCall","id":"1","name":"read"},{"type":"toolCall","id":"2","name":"read"},{"type":"toolCall","id":"3","name":"exec"}],"stopReason":"error"}}""",
            """{"type":"message","timestamp":"2026-11-21T03:00:01Z","message":{"role":"user","content":[{"type":"tool_result","is_error":true},{"type":"tool_result"}]}}""",
            """{"type":"message","timestamp":"2020-01-01T00:00:00Z","message":{"role":"user","content":"long ago"}}""");

        var usage = (await ReadAsync(new())).Sessions[0].Usage!;

        Assert.Equal((2L, 2L, 2L, 2L), (usage.MessageCounts.Total, usage.MessageCounts.ToolCalls, usage.MessageCounts.ToolResults, usage.MessageCounts.Errors));
        Assert.Equal([("read", 1L), ("exec", 1L)], usage.ToolUsage!.Tools.Select(t => (t.Name, t.Count)));
    }

    [Fact]
    public async Task Read_TranscriptNoSessionRefersTo_IsListedUnderItsId()
    {
        WriteUsed("orphan", Answer(1, 1, 0.5));

        var row = Assert.Single((await ReadAsync(new())).Sessions);
        Assert.Equal(("agent:main:orphan", "orphan", "main"), (row.Key, row.SessionId, row.AgentId));
        Assert.Equal(0.5, Assert.Single((await ReadAsync(new() { Key = "agent:main:orphan" })).Sessions).Usage!.TotalCost);
        Assert.Empty((await ReadAsync(new() { Key = "agent:main:../../x" })).Sessions);
    }

    [Fact]
    public async Task Read_PriceIsNotStored_IsEstimatedOrCountedAsMissing()
    {
        _host.Models.Prices["fake/known"] = new ModelPrice(1, 2, 0, 0);
        WriteUsed(
            "s1",
            """{"type":"message","timestamp":"2026-11-21T03:00:00Z","message":{"role":"assistant","provider":"fake","model":"known","usage":{"input_tokens":1000000,"completion_tokens":500000}}}""",
            """{"type":"message","timestamp":"2026-11-21T03:00:00Z","message":{"role":"assistant","provider":"fake","model":"other","usage":{"input":7}}}""");

        var totals = (await ReadAsync(new())).Totals;

        Assert.Equal((2.0, 1L, 1_000_007L, 1_500_007L), (totals.TotalCost, totals.MissingCostEntries, totals.Input, totals.TotalTokens));
    }

    [Fact]
    public async Task Cost_Days_AreLocalAndTheRangeIsWhole()
    {
        WriteUsed("s1", Answer(10, 5, 0.25), Answer(1, 1, 0.5, "2026-11-20T23:59:59Z"), Answer(100, 1, 9, "2026-11-17T00:00:00Z"), "{ broken");

        var cost = await new CostUsage(_host, _host.Models, _host.Time).ReadAsync(null, null, 3, CancellationToken.None);

        Assert.Equal(4, cost.Days);
        Assert.Equal([("2026-11-20", 2L, 0.5), ("2026-11-21", 15L, 0.25)], cost.Daily.Select(d => (d.Date, d.TotalTokens, d.TotalCost)));
        Assert.Equal(0.75, cost.Totals.TotalCost);
        Assert.Equal("""{"date":"2026-11-20","input":1,""", JsonSerializer.Serialize(cost, SessionsJson.Context.CostUsageResult).Split("\"daily\":[")[1][..31]);
    }

    [Fact]
    public async Task Cost_AskedAgainSoon_IsNotCountedAgain()
    {
        WriteUsed("s1", Answer(1, 1, 0.5));
        var usage = new CostUsage(_host, _host.Models, _host.Time);
        var first = await usage.ReadAsync(null, null, 3, CancellationToken.None);

        WriteUsed("s2", Answer(1, 1, 0.5));
        Assert.Same(first, await usage.ReadAsync(null, null, 3, CancellationToken.None));

        _host.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(1.0, (await usage.ReadAsync(null, null, 3, CancellationToken.None)).Totals.TotalCost);
    }

    [Fact]
    public async Task TimeSeries_ManyCalls_AreThinnedButEndWithTheSums()
    {
        WriteUsed("s1", [.. Enumerable.Range(0, 1000).Select(i => Answer(1, 0, 0.5, $"2026-11-21T03:{i / 60 % 60:00}:{i % 60:00}Z"))]);
        var details = new SessionUsageDetails(_host, _host.Stores, _host.Models);

        var series = (await details.TimeSeriesAsync("agent:main:s1", CancellationToken.None)).Value!;

        Assert.InRange(series.Points.Count, 100, 200);
        Assert.Equal((1000L, 500.0), (series.Points[^1].CumulativeTokens, series.Points[^1].CumulativeCost));
        Assert.Equal("No transcript found for session: nosuch", (await details.TimeSeriesAsync("nosuch", CancellationToken.None)).Error!.Message);
        Assert.Equal("key is required for timeseries", (await details.TimeSeriesAsync(" ", CancellationToken.None)).Error!.Message);
    }

    [Fact]
    public async Task Logs_Messages_AreShortTexts()
    {
        WriteUsed(
            "s1",
            """{"type":"message","timestamp":"2026-11-21T03:00:02Z","message":{"role":"toolResult","toolName":"read","content":[{"type":"text","text":"data"}]}}""",
            """{"type":"message","timestamp":"2026-11-21T03:00:01Z","message":{"role":"assistant","content":[{"type":"text","text":"hi"},{"type":"toolCall","name":"read"}],"usage":{"totalTokens":9,"cost":{"total":0.1}}}}""",
            $$$"""{"type":"message","timestamp":"2026-11-21T03:00:00Z","message":{"role":"user","content":"{{{new string('x', 3000)}}}"}}""");
        var details = new SessionUsageDetails(_host, _host.Stores, _host.Models);

        var logs = (await details.LogsAsync("s1", null, CancellationToken.None)).Value!.Logs;

        Assert.Equal(["user", "assistant", "toolResult"], logs.Select(l => l.Role));
        Assert.Equal(2001, logs[0].Content.Length);
        Assert.Equal(("hi\n[Tool: read]", 9L, 0.1), (logs[1].Content, logs[1].Tokens, logs[1].Cost));
        Assert.Equal("[Tool: read]\n[Tool Result]\ndata", logs[2].Content);
        Assert.Single((await details.LogsAsync("s1", 1, CancellationToken.None)).Value!.Logs);
        Assert.Empty((await details.LogsAsync("nosuch", null, CancellationToken.None)).Value!.Logs);
        Assert.Equal("key is required for logs", (await details.LogsAsync(null, null, CancellationToken.None)).Error!.Message);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    private Task<SessionUsageResult> ReadAsync(Protocol.Methods.Sessions.SessionsUsageParams query) =>
        new SessionUsage(_host, _host.Stores, _host.Models, _host.Time).ReadAsync(query, CancellationToken.None);

    private void WriteUsed(string id, params string[] lines) =>
        File.SetLastWriteTimeUtc(_host.WriteTranscript(id, lines), _host.Clock.GetUtcNow().UtcDateTime);

    private static string Answer(int input, int output, double cost, string time = "2026-11-21T03:00:00Z") =>
        $$$"""{"type":"message","timestamp":"{{{time}}}","message":{"role":"assistant","content":[],"usage":{"input":{{{input}}},"output":{{{output}}},"cost":{"total":{{{cost.ToString(System.Globalization.CultureInfo.InvariantCulture)}}} } } } }""";
}
