using System.Text.Json.Nodes;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Cron;

/// <summary>Jobs begin when they are due, once, and how they ended is on record.</summary>
public sealed class CronSchedulerTests : IAsyncLifetime
{
    private const string EveryMinute = """{"kind":"every","everyMs":60000}""";

    private CronHost _host = null!;

    public async Task InitializeAsync() => _host = await CronHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    private long Now => _host.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public async Task Interval_Runs_AndIsOnRecord()
    {
        _host.Model.Enqueue(FakeReply.Text("all is well"));
        var id = await _host.AddTurnAsync(EveryMinute);
        var due = Now + 60_000;

        var finished = await _host.PassUntilAsync("finished", TimeSpan.FromMinutes(5));

        Assert.Equal((id, "ok", "all is well"), ((string?)finished["jobId"], (string?)finished["status"], (string?)finished["summary"]));
        Assert.True((long)finished["runAtMs"]! >= due);
        var run = Assert.Single(await _host.RunsAsync(id));
        Assert.Equal((finished["runAtMs"]!.ToJsonString(), "ok", "finished"), (run["runAtMs"]!.ToJsonString(), (string?)run["status"], (string?)run["action"]));
        Assert.StartsWith($"agent:main:cron:{id}:run:", (string?)run["sessionKey"], StringComparison.Ordinal);
        var state = (await _host.JobAsync(id))!["state"]!;
        Assert.Equal(("ok", null, 0), ((string?)state["lastStatus"], (long?)state["runningAtMs"], (int)state["consecutiveErrors"]!));
        Assert.True((long)state["nextRunAtMs"]! > (long)finished["runAtMs"]!);
        Assert.Contains($"[cron:{id} t] look", Assert.Single(_host.Model.Requests).Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_IsRemovedAfterItsRun()
    {
        var id = await _host.AddTurnAsync($$$"""{"kind":"at","atMs":{{{Now + 5000}}}}""");

        var removed = await _host.PassUntilAsync("removed", TimeSpan.FromMinutes(5));

        Assert.Equal(id, (string?)removed["jobId"]);
        Assert.Null(await _host.JobAsync(id));
        Assert.Equal("ok", (string?)Assert.Single(await _host.RunsAsync(id))["status"]);
    }

    [Fact]
    public async Task Once_ThatFails_IsSwitchedOff_AndStays()
    {
        _host.Model.Enqueue(FakeReply.Error(400, "no"));
        var id = await _host.AddTurnAsync($$$"""{"kind":"at","atMs":{{{Now + 5000}}}}""");

        var finished = await _host.PassUntilAsync("finished", TimeSpan.FromMinutes(5));

        Assert.Equal("error", (string?)finished["status"]);
        var job = await _host.JobAsync(id);
        Assert.Equal((false, null), ((bool)job!["enabled"]!, (long?)job["state"]!["nextRunAtMs"]));
    }

    [Fact]
    public async Task Errors_MakeItWaitLonger()
    {
        var id = await _host.AddTurnAsync("""{"kind":"every","everyMs":1}""");
        foreach (var (seconds, errors) in new[] { (30, 1), (60, 2), (300, 3) })
        {
            _host.Model.Enqueue(FakeReply.Error(400, "no"));
            await TestTimeouts.Until(async () => (await _host.CallAsync("cron.run", $$$"""{"id":"{{{id}}}"}"""))["reason"] is null, "the run");
            var state = (await _host.JobAsync(id))!["state"]!;
            Assert.Equal((errors, Now + (seconds * 1000L)), ((int)state["consecutiveErrors"]!, (long)state["nextRunAtMs"]!));
        }
    }

    [Fact]
    public async Task Reminder_ReachesTheMainSessionAtOnce()
    {
        var job = await _host.CallAsync("cron.add", $$$"""{"schedule":{"kind":"at","atMs":{{{Now + 60000}}}},"payload":{"text":"water the plants"},"deleteAfterRun":false}""");

        Assert.True((bool)(await _host.CallAsync("cron.run", $$$"""{"jobId":"{{{job["id"]}}}"}"""))["ran"]!);

        Assert.Contains("water the plants", Assert.Single(_host.Model.Requests).Body.ToString(), StringComparison.Ordinal);
        var run = Assert.Single(await _host.RunsAsync((string)job["id"]!));
        Assert.Equal(("ok", "water the plants"), ((string?)run["status"], (string?)run["summary"]));
    }

    [Fact]
    public async Task Reminder_ForTheNextTurn_WaitsForIt()
    {
        var job = await _host.CallAsync("cron.add", $$$"""{"schedule":{{{EveryMinute}}},"payload":{"text":"water the plants"},"wakeMode":"next-heartbeat"}""");

        await _host.CallAsync("cron.run", $$$"""{"jobId":"{{{job["id"]}}}"}""");

        Assert.Empty(_host.Model.Requests);
        Assert.Contains("water the plants", (await _host.CallAsync("status", "{}"))["queuedSystemEvents"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerForNobody_IsAnErrorOnRecord_UnlessThatIsFine()
    {
        var id = await _host.AddTurnAsync(EveryMinute, more: "\"delivery\":{\"mode\":\"announce\"}");
        await _host.CallAsync("cron.run", $$$"""{"id":"{{{id}}}"}""");
        await _host.CallAsync("cron.update", $$$$"""{"id":"{{{{id}}}}","patch":{"delivery":{"channel":"pigeon","to":"home"}}}""");
        await _host.CallAsync("cron.run", $$$"""{"id":"{{{id}}}"}""");
        await _host.CallAsync("cron.update", $$$$"""{"id":"{{{{id}}}}","patch":{"delivery":{"bestEffort":true}}}""");
        await _host.CallAsync("cron.run", $$$"""{"id":"{{{id}}}"}""");

        var runs = await _host.RunsAsync(id);

        Assert.Equal(["cron delivery target is missing", "unsupported channel: pigeon", null], runs.Select(run => (string?)run["error"]));
        Assert.Equal(["error", "error", "ok"], runs.Select(run => (string?)run["status"]));
    }

    [Fact]
    public async Task RunNow_OfOneThatRuns_OrIsNotDue_IsRefusedInWords()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _host.Model.Enqueue(FakeReply.Script(new TextStep("busy"), new WaitStep(release.Task)));
        var id = await _host.AddTurnAsync(EveryMinute);
        await _host.Client.SendAsync($$$"""{"type":"req","id":"run","method":"cron.run","params":{"id":"{{{id}}}"}}""");
        await _host.EventAsync("started");

        var second = await _host.CallAsync("cron.run", $$$"""{"id":"{{{id}}}"}""");
        release.SetResult();
        var first = await _host.Client.ReadUntilAsync(frame => (string?)frame["id"] == "run");

        Assert.Equal("already-running", (string?)second["reason"]);
        Assert.True((bool)first["payload"]!["ran"]!);
        Assert.Equal("not-due", (string?)(await _host.CallAsync("cron.run", $$$"""{"id":"{{{id}}}","mode":"due"}"""))["reason"]);
    }

    [Fact]
    public async Task SwitchedOff_DoesNotRun()
    {
        var id = await _host.AddTurnAsync(EveryMinute);
        await _host.CallAsync("cron.update", $$$"""{"id":"{{{id}}}","patch":{"enabled":false}}""");
        var other = await _host.AddTurnAsync("""{"kind":"every","everyMs":180000}""");

        var finished = await _host.PassUntilAsync("finished", TimeSpan.FromMinutes(10));

        Assert.Equal(other, (string?)finished["jobId"]);
        Assert.Empty(await _host.RunsAsync(id));
    }

    [Fact]
    public async Task MissedRuns_AreMadeUpForOnce()
    {
        var id = await _host.AddTurnAsync(EveryMinute);

        await _host.CrashAsync(away: TimeSpan.FromHours(3));
        await TestTimeouts.Until(async () => (await _host.RunsAsync(id)).Count > 0, "the run");

        Assert.Single(_host.Model.Requests);
        Assert.True((long)(await _host.JobAsync(id))!["state"]!["nextRunAtMs"]! > Now);
    }

    [Fact]
    public async Task KilledInTheMidstOfARun_ItIsFinishedAndNotBegunAgain()
    {
        _host.Model.Enqueue(FakeReply.Script(new TextStep("half"), new WaitStep(new TaskCompletionSource().Task)));
        var id = await _host.AddTurnAsync(EveryMinute);
        var started = await _host.PassUntilAsync("started", TimeSpan.FromMinutes(5));
        await TestTimeouts.Until(() => _host.Model.Requests.Count == 1, "the model is asked");

        await _host.CrashAsync(away: TimeSpan.FromSeconds(1));
        await TestTimeouts.Until(async () => (await _host.RunsAsync(id)).Count > 0, "the end of the run");

        var run = Assert.Single(await _host.RunsAsync(id));
        Assert.Equal(((long)started["runAtMs"]!, "ok"), ((long)run["runAtMs"]!, (string?)run["status"]));
        Assert.Equal(2, _host.Model.Requests.Count);
        Assert.Null((await _host.JobAsync(id))!["state"]!["runningAtMs"]);
    }

    [Fact]
    public async Task KilledAfterTheRecordAndBeforeTheWork_ItIsDoneOnce()
    {
        var id = await _host.AddTurnAsync(EveryMinute);
        var file = JsonNode.Parse(await File.ReadAllTextAsync(_host.JobsPath))!;
        file["jobs"]![0]!["state"]!["runningAtMs"] = Now;
        await File.WriteAllTextAsync(_host.JobsPath, file.ToJsonString());

        await _host.CrashAsync(away: TimeSpan.FromSeconds(1));
        await TestTimeouts.Until(async () => (await _host.RunsAsync(id)).Count > 0, "the end of the run");

        Assert.Equal("ok", (string?)Assert.Single(await _host.RunsAsync(id))["status"]);
        Assert.Single(_host.Model.Requests);
    }

    [Fact]
    public async Task RunWithoutEnd_OfLongAgo_IsGivenUpInWords()
    {
        var id = await _host.AddTurnAsync("""{"kind":"cron","expr":"0 0 1 1 *"}""");
        var file = JsonNode.Parse(await File.ReadAllTextAsync(_host.JobsPath))!;
        file["jobs"]![0]!["state"]!["runningAtMs"] = Now - 3 * 3600_000;
        await File.WriteAllTextAsync(_host.JobsPath, file.ToJsonString());

        await _host.CrashAsync(away: TimeSpan.FromSeconds(1));
        await TestTimeouts.Until(async () => (await _host.RunsAsync(id)).Count > 0, "the end of the run");

        Assert.Equal("the gateway ended during this run; how it ended is not known", (string?)Assert.Single(await _host.RunsAsync(id))["error"]);
        Assert.Empty(_host.Model.Requests);
    }

    [Fact]
    public async Task JobWithoutATime_ThatSomebodyWroteIntoTheFile_IsPlanned()
    {
        var id = await _host.AddTurnAsync("""{"kind":"cron","expr":"*/5 * * * *"}""");
        var file = JsonNode.Parse(await File.ReadAllTextAsync(_host.JobsPath))!;
        file["jobs"]![0]!["state"]!.AsObject().Remove("nextRunAtMs");
        await File.WriteAllTextAsync(_host.JobsPath, file.ToJsonString());

        var finished = await _host.PassUntilAsync("finished", TimeSpan.FromMinutes(20));

        Assert.Equal(id, (string?)finished["jobId"]);
    }
}
