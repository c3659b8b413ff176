using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Idempotency;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Cluster;

/// <summary>Sessions that clients of several cores use: one turn at a time, the queue modes, stops, waits and repeats.</summary>
public abstract class ClusterSessionTests(bool redis)
{
    private bool Skipped => redis && RedisServer.Missing is not null;

    [Fact]
    public async Task Messages_OnAllCores_AreAnsweredOneAtATimeInTheOrderOfEachClient()
    {
        if (Skipped)
            return;
        await using var cluster = await ClusterHost.StartAsync(redis, cores: 3, "mode: \"followup\", debounceMs: 0");
        var clients = new List<ClusterClient>();
        for (var i = 0; i < 3; i++)
            clients.Add(await cluster.ConnectAsync(i));

        await Task.WhenAll(clients.Select(async (client, i) =>
        {
            for (var n = 0; n < 5; n++)
                await client.StartAsync($"c{i}n{n}", $"c{i}n{n}");
        }));
        foreach (var (client, i) in clients.Select((client, i) => (client, i)))
        {
            for (var n = 0; n < 5; n++)
                Assert.Equal("ok", (string?)(await client.RequestAsync("agent.wait", new JsonObject { ["runId"] = $"c{(i + 1) % 3}n{n}" }))["payload"]!["status"]);
        }

        var history = await clients[0].HistoryAsync();
        var asked = history.Where(static line => line.StartsWith("user: ", StringComparison.Ordinal)).Select(static line => line["user: ".Length..]).ToList();
        Assert.Equal(15, asked.Distinct().Count());
        Assert.Equal(15, asked.Count);
        Assert.Equal(15, history.Count(static line => line.StartsWith("assistant: ", StringComparison.Ordinal)));
        for (var i = 0; i < 3; i++)
            Assert.Equal(Enumerable.Range(0, 5).Select(n => $"c{i}n{n}"), asked.Where(text => text.StartsWith($"c{i}", StringComparison.Ordinal)));
        // One turn at a time: each request held exactly one answer more than the one before.
        Assert.Equal(Enumerable.Range(0, 15), cluster.Model.Requests.Select(request => request.Texts("assistant").Count));
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    [Fact]
    public async Task Wait_ForAMessageOfACoreThatWasStoppedBeforeItCouldTell_EndsAllTheSame()
    {
        if (Skipped)
            return;
        await using var cluster = await ClusterHost.StartAsync(redis);
        await using var client = await cluster.ConnectAsync(1);
        var waiting = client.RequestAsync("agent.wait", new JsonObject { ["runId"] = "m1", ["timeoutMs"] = 60_000 });
        await TestTimeouts.Until(() => cluster.Cores[1].Services.GetRequiredService<RunRegistry>().Awaited().Contains("m1"), "the wait");

        // It noted the end for all, and never got to the telling.
        var over = SharedAnswer.Over("a core that is stopped", null, new RunResult { Status = RunStatus.Ok, EndedAtMs = 5 });
        await cluster.Cores[0].Services.GetRequiredService<AnswerBook>().OverAsync(IdempotencyKeys.Chat("m1"), over, ChatReply.Taken("m1"), CancellationToken.None);

        Assert.Equal("ok", (string?)(await waiting.WithTimeout())["payload"]!["status"]);
    }

    [Theory]
    [InlineData("steer")]
    [InlineData("interrupt")]
    [InlineData("collect")]
    public async Task QueueMode_WhenTheMessageComesOnAnotherCore_IsAsOnOne(string mode)
    {
        if (Skipped)
            return;
        await using var cluster = await ClusterHost.StartAsync(redis, cores: 2, $"mode: \"{mode}\", debounceMs: 0");
        await using var first = await cluster.ConnectAsync(0);
        await using var second = await cluster.ConnectAsync(1);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Model.Enqueue(FakeReply.Script(new TextStep("busy"), new WaitStep(release.Task)));
        await first.StartAsync("one", "m1");
        await second.DeltaAsync("m1");

        await second.StartAsync("two", "m2");
        if (mode == "interrupt")
        {
            Assert.Equal("aborted interrupt", await first.EndOfAsync("m1"));
            Assert.Contains("] two", await first.EndOfAsync("m2"), StringComparison.Ordinal);
        }
        else
        {
            // It has no run of its own: its id is over at once, and another run answers it.
            Assert.Equal("final", await second.EndOfAsync("m2"));
            release.SetResult();
            await first.AnsweredAsync("] two");
            Assert.Equal("ok", (string?)(await second.RequestAsync("agent.wait", new JsonObject { ["runId"] = "m2" }))["payload"]!["status"]);
        }
        release.TrySetResult();
        Assert.Equal(2, (await second.HistoryAsync()).Count(static line => line.StartsWith("user: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Abort_OnAnotherCore_StopsTheRunAndWhatWaits()
    {
        if (Skipped)
            return;
        await using var cluster = await ClusterHost.StartAsync(redis, cores: 2, "mode: \"followup\", debounceMs: 0");
        await using var first = await cluster.ConnectAsync(0);
        await using var second = await cluster.ConnectAsync(1);
        cluster.Model.Enqueue(FakeReply.Script(new TextStep("busy"), new HangStep()));
        await first.StartAsync("one", "m1");
        await second.DeltaAsync("m1");
        await second.StartAsync("two", "m2");
        Assert.Equal("final", await second.EndOfAsync("m2"));

        var answer = (await second.RequestAsync("chat.abort", new JsonObject { ["sessionKey"] = ClusterClient.Session }))["payload"]!;

        Assert.True((bool)answer["aborted"]!);
        Assert.Contains("m1", answer["runIds"]!.AsArray().Select(id => (string?)id));
        Assert.Equal("aborted rpc", await first.EndOfAsync("m1"));
        Assert.Equal("aborted rpc", await second.EndOfAsync("m1"));
        Assert.Single(cluster.Model.Requests);
        // The session is free again, for whoever comes.
        await second.StartAsync("three", "m3");
        Assert.Contains("] three", await first.EndOfAsync("m3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repeat_OnAnotherCore_IsRecognisedWhileItRunsAndAfterwards()
    {
        if (Skipped)
            return;
        await using var cluster = await ClusterHost.StartAsync(redis);
        await using var first = await cluster.ConnectAsync(0);
        await using var second = await cluster.ConnectAsync(1);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Model.Enqueue(FakeReply.Script(new TextStep("busy"), new WaitStep(release.Task)));
        await first.StartAsync("one", "m1");
        await second.DeltaAsync("m1");

        Assert.Equal("in_flight", (string?)(await second.SendAsync("one", "m1"))["status"]);
        release.SetResult();
        Assert.Equal("final busy", await second.EndOfAsync("m1"));
        Assert.Equal("ok", (string?)(await second.SendAsync("one", "m1"))["status"]);
        await first.EndOfAsync("m1");
        Assert.Equal("ok", (string?)(await first.SendAsync("one", "m1"))["status"]);
        Assert.Single(cluster.Model.Requests);
    }

    [Fact]
    public async Task Agent_WhoseSessionWorksOnAnotherCore_IsAnsweredTwiceWhereItWasAsked()
    {
        if (Skipped)
            return;
        await using var cluster = await ClusterHost.StartAsync(redis);
        await using var first = await cluster.ConnectAsync(0);
        await using var second = await cluster.ConnectAsync(1);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Model.Enqueue(FakeReply.Script(new TextStep("busy"), new WaitStep(release.Task)));
        await first.StartAsync("one", "m1");
        await second.DeltaAsync("m1");

        var id = await second.BeginAsync("agent", new JsonObject { ["sessionKey"] = ClusterClient.Session, ["message"] = "two", ["idempotencyKey"] = "a1" });
        Assert.Equal("accepted", (string?)(await second.UntilAsync(frame => (string?)frame["id"] == id))["payload"]!["status"]);
        release.SetResult();
        var final = await second.UntilAsync(frame => (string?)frame["id"] == id && (string?)frame["payload"]!["status"] != "accepted");
        Assert.Equal("ok", (string?)final["payload"]!["status"]);
        Assert.Contains("] two", (string?)final["payload"]!["result"]!["payloads"]![0]!["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ToolEvents_OfARunOnAnotherCore_ReachOnlyTheConnectionThatAskedForThem()
    {
        if (Skipped)
            return;
        await using var cluster = await ClusterHost.StartAsync(redis, cores: 2, "mode: \"followup\", debounceMs: 0");
        var withTools = RawClient.ConnectParams();
        withTools["caps"] = new JsonArray("tool-events");
        await using var first = await cluster.ConnectAsync(0);
        await using var second = await cluster.ConnectAsync(1, withTools);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Model.Enqueue(FakeReply.Script(new TextStep("busy"), new WaitStep(release.Task)));
        await first.StartAsync("one", "m1");
        await second.DeltaAsync("m1");
        cluster.Model.Enqueue(FakeReply.Script(new ToolStep("exec", """{"command":"echo tool"}""")));
        var id = await second.BeginAsync("agent", new JsonObject { ["sessionKey"] = ClusterClient.Session, ["message"] = "two", ["idempotencyKey"] = "a1" });
        await second.UntilAsync(frame => (string?)frame["id"] == id);
        release.SetResult();

        await second.UntilAsync(frame => IsTool(frame, "a1"));
        await second.UntilAsync(frame => (string?)frame["id"] == id && (string?)frame["payload"]!["status"] == "ok");
        Assert.DoesNotContain(first.Seen, frame => IsTool(frame, "a1"));
    }

    [Fact]
    public async Task InjectAndDelete_OnAnotherCore_WorkWhileTheRunDoes()
    {
        if (Skipped)
            return;
        await using var cluster = await ClusterHost.StartAsync(redis);
        await using var first = await cluster.ConnectAsync(0);
        await using var second = await cluster.ConnectAsync(1);
        cluster.Model.Enqueue(FakeReply.Script(new TextStep("busy"), new HangStep()));
        await first.StartAsync("one", "m1");
        await second.DeltaAsync("m1");

        Assert.True((bool)(await second.RequestAsync("chat.inject", new JsonObject { ["sessionKey"] = ClusterClient.Session, ["message"] = "noted" }))["ok"]!);
        Assert.Contains("assistant: noted", await first.HistoryAsync());
        Assert.True((bool)(await second.RequestAsync("sessions.delete", new JsonObject { ["key"] = ClusterClient.Session }))["ok"]!);
        Assert.Equal("aborted rpc", await first.EndOfAsync("m1"));
        Assert.Empty(await first.HistoryAsync());
    }

    [Fact]
    public async Task Stop_OfTheCoreThatWorks_AnotherTakesTheMessageUp()
    {
        if (Skipped)
            return;
        await using var cluster = await ClusterHost.StartAsync(redis, cores: 1);
        await using (var first = await cluster.ConnectAsync(0))
        {
            cluster.Model.Enqueue(FakeReply.Script(new TextStep("busy"), new HangStep()));
            await first.StartAsync("one", "m1");
            await first.DeltaAsync("m1");
        }
        await cluster.AddCoreAsync();
        await using var second = await cluster.ConnectAsync(1);

        await cluster.RemoveCoreAsync(cluster.Cores[0]);

        Assert.Contains("] one", await second.EndOfAsync("m1"), StringComparison.Ordinal);
        Assert.Single(await second.HistoryAsync(), static line => line.StartsWith("user: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Repeat_OfAMessageThatACoreDiedStoring_IsNotAnsweredAsTaken_UntilThatIsCertain()
    {
        if (Skipped)
            return;
        await using var cluster = await ClusterHost.StartAsync(redis, cores: 2);
        await using var client = await cluster.ConnectAsync(0);
        // As the other core leaves it that dies between its claim and the queue.
        var other = cluster.Cores[1].Services.GetRequiredService<AnswerBook>();
        Assert.True((await other.ClaimAsync(IdempotencyKeys.Chat("m1"), CancellationToken.None)).IsMine);

        var refused = await client.SendAsync("one", "m1");
        Assert.Equal("UNAVAILABLE", (string?)refused["code"]);
        Assert.True((bool)refused["retryable"]!);
        await cluster.RemoveCoreAsync(cluster.Cores[1]);
        await TestTimeouts.Until(() => ClusterHost.Members(cluster.Cores[0]) == 0, "the core is missed");

        await client.StartAsync("one", "m1");
        Assert.Contains("] one", await client.EndOfAsync("m1"), StringComparison.Ordinal);
    }

    private static bool IsTool(JsonObject frame, string runId) =>
        (string?)frame["event"] == "agent" && (string?)frame["payload"]!["runId"] == runId && (string?)frame["payload"]!["stream"] == "tool";
}

public sealed class InProcessClusterSessionTests() : ClusterSessionTests(redis: false);

public sealed class RedisClusterSessionTests() : ClusterSessionTests(redis: true);
