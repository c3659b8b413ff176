
namespace OpenClaw.Gateway.Core.Tests.Cron;

/// <summary>What clients send and get; the values are from recordings of the peer.</summary>
public sealed class CronMethodsTests : IAsyncLifetime
{
    private const string Jobs = """
        {"version":1,"jobs":[
          {"id":"late","name":"late","enabled":true,"schedule":{"kind":"every","everyMs":60000},"sessionTarget":"main","payload":{"kind":"systemEvent","text":"x"},"state":{"nextRunAtMs":4000000000000},"x":[1]},
          {"id":"off","name":"off","enabled":false,"state":{}},
          {"id":"soon","name":"soon","enabled":true,"state":{"nextRunAtMs":3000000000000}}
        ]}
        """;

    private CronHost _host = null!;

    private string CronDirectory => Path.Combine(_host.StateDirectory, "cron");

    public async Task InitializeAsync() => _host = await CronHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Add_OfAnInterval_IsWhatThePeerAnswers()
    {
        var job = await _host.CallAsync("cron.add", """{"name":" every ","schedule":{"kind":"every","everyMs":3600000},"sessionTarget":"main","wakeMode":"next-heartbeat","payload":{"kind":"systemEvent","text":"tick tock"}}""");

        var now = _host.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.Equal(
            $$$"""{"id":"{{{job["id"]}}}","name":"every","enabled":true,"createdAtMs":{{{now}}},"updatedAtMs":{{{now}}},"schedule":{"kind":"every","everyMs":3600000,"anchorMs":{{{now}}}},"sessionTarget":"main","wakeMode":"next-heartbeat","payload":{"kind":"systemEvent","text":"tick tock"},"state":{"nextRunAtMs":{{{now + 3600000}}}}}""",
            job.ToJsonString());
        Assert.True(Guid.TryParse((string?)job["id"], out _));
    }

    [Fact]
    public async Task Add_InOlderWords_IsTheSameJob()
    {
        var iso = await _host.CallAsync("cron.add", """{"name":"iso","schedule":{"kind":"cron","expr":"0 9 * * *","tz":"Europe/Berlin"},"sessionTarget":"isolated","wakeMode":"now","payload":{"kind":"agentTurn","message":"do it","deliver":true,"channel":"last","to":"x"}}""");
        var once = await _host.CallAsync("cron.add", """{"schedule":{"at":"2026-11-21T05:20:27.829Z"},"payload":{"text":"one shot"}}""");

        Assert.Equal("""{"kind":"agentTurn","message":"do it"}""", iso["payload"]!.ToJsonString());
        Assert.Equal("""{"mode":"announce","channel":"last","to":"x"}""", iso["delivery"]!.ToJsonString());
        Assert.Equal(("one shot", true, "main", "now", "systemEvent", "at"), ((string?)once["name"], (bool)once["deleteAfterRun"]!, (string?)once["sessionTarget"], (string?)once["wakeMode"], (string?)once["payload"]!["kind"], (string?)once["schedule"]!["kind"]));
    }

    [Theory]
    [InlineData("{}", "INVALID_REQUEST: invalid cron.add params: must have required property 'name'; must have required property 'schedule'; must have required property 'sessionTarget'; must have required property 'payload'")]
    [InlineData("""{"name":"past","schedule":{"kind":"at","at":"2020-01-01T00:00:00Z"},"payload":{"kind":"systemEvent","text":"x"}}""", "INVALID_REQUEST: schedule.at is in the past: 2020-01-01T00:00:00.000Z (3623280 minutes ago). Current time: 2026-11-21T04:00:00.000Z")]
    [InlineData("""{"name":"far","schedule":{"kind":"at","at":"2099-01-01T00:00:00Z"},"payload":{"kind":"systemEvent","text":"x"}}""", "INVALID_REQUEST: schedule.at is too far in the future: 2099-01-01T00:00:00.000Z (72 years ahead). Maximum allowed: 10 years")]
    [InlineData("""{"name":"bad","schedule":{"kind":"at","at":"notadate"},"payload":{"kind":"systemEvent","text":"x"}}""", "INVALID_REQUEST: Invalid schedule.at: expected ISO-8601 timestamp (got notadate)")]
    [InlineData("""{"name":"badcombo","schedule":{"kind":"every","everyMs":1000},"sessionTarget":"main","payload":{"kind":"agentTurn","message":"x"}}""", "UNAVAILABLE: Error: main cron jobs require payload.kind=\"systemEvent\"")]
    [InlineData("""{"name":"badexpr","schedule":{"kind":"cron","expr":"zzz"},"payload":{"kind":"systemEvent","text":"x"}}""", "UNAVAILABLE: TypeError: CronPattern: invalid configuration format ('zzz'), exactly five, six, or seven space separated parts are required.")]
    [InlineData("""{"name":"never","schedule":{"kind":"cron","expr":"0 0 31 2 *"},"payload":{"kind":"systemEvent","text":"x"}}""", "UNAVAILABLE: Error: the schedule never comes")]
    [InlineData("""{"name":"zone","schedule":{"kind":"cron","expr":"0 0 * * *","tz":"Mars/Crater"},"payload":{"kind":"systemEvent","text":"x"}}""", "UNAVAILABLE: RangeError: Invalid time zone specified: Mars/Crater")]
    [InlineData("""{"name":"long","schedule":{"kind":"every","everyMs":9007199254740991},"payload":{"kind":"systemEvent","text":"x"}}""", "INVALID_REQUEST: schedule.everyMs is too long. Maximum allowed: 10 years")]
    [InlineData("""{"name":"zero","schedule":{"kind":"every","everyMs":0},"payload":{"kind":"systemEvent","text":"x"}}""", "INVALID_REQUEST: invalid cron.add params: at /schedule: must match a schema in anyOf")]
    [InlineData("""{"name":"more","schedule":{"kind":"every","everyMs":9},"payload":{"kind":"systemEvent","text":"x"},"x":1}""", "INVALID_REQUEST: invalid cron.add params: at root: unexpected property 'x'")]
    [InlineData("""{"name":"twice","name":"twice","schedule":{"kind":"every","everyMs":9},"payload":{"text":"x"}}""", "INVALID_REQUEST: invalid cron.add params: must be object")]
    [InlineData("""{"name":"main","schedule":{"kind":"every","everyMs":9},"payload":{"text":"x"},"delivery":{"mode":"announce"}}""", "UNAVAILABLE: Error: cron delivery config is only supported for sessionTarget=\"isolated\"")]
    public async Task Add_OfWhatIsNone_IsRefusedInWords_AndNothingIsStored(string parameters, string expected)
    {
        await _host.Client.SendAsync($$$"""{"type":"req","id":"a","method":"cron.add","params":{{{parameters}}}}""");
        var answer = await _host.Client.ReadUntilAsync(frame => (string?)frame["id"] == "a");

        Assert.Equal(expected, $"{answer["error"]?["code"]}: {answer["error"]?["message"]}");
        Assert.Equal(0, (int)(await _host.CallAsync("cron.status", "{}"))["jobs"]!);
    }

    [Fact]
    public async Task Update_ChangesWhatIsNamed_AndNothingWhenItIsWrong()
    {
        var id = await _host.AddTurnAsync("""{"kind":"every","everyMs":60000}""");

        var off = await _host.CallAsync("cron.update", $$$"""{"id":"{{{id}}}","patch":{"enabled":false,"name":"renamed"}}""");
        var wrong = await _host.ErrorAsync("cron.update", $$$"""{"id":"{{{id}}}","patch":{"name":"no","sessionTarget":"main"}}""");
        var on = await _host.CallAsync("cron.update", $$$$"""{"jobId":"{{{{id}}}}","patch":{"enabled":true,"schedule":{"kind":"every","everyMs":7200000},"payload":{"kind":"agentTurn","model":"fake/fake-1"}}}""");

        Assert.Equal((false, "renamed", "{}"), ((bool)off["enabled"]!, (string?)off["name"], off["state"]!.ToJsonString()));
        Assert.Equal("UNAVAILABLE: Error: main cron jobs require payload.kind=\"systemEvent\"", wrong);
        Assert.Equal(("renamed", "look", "fake/fake-1"), ((string?)on["name"], (string?)on["payload"]!["message"], (string?)on["payload"]!["model"]));
        Assert.Equal(_host.Clock.GetUtcNow().ToUnixTimeMilliseconds() + 7200000, (long)on["state"]!["nextRunAtMs"]!);
    }

    [Fact]
    public async Task UnknownJob_IsToldByEachMethodInItsOwnWay()
    {
        Assert.Equal("UNAVAILABLE: Error: unknown cron job id: nope", await _host.ErrorAsync("cron.update", """{"id":"nope","patch":{}}"""));
        Assert.Equal("UNAVAILABLE: Error: unknown cron job id: nope", await _host.ErrorAsync("cron.run", """{"id":"nope"}"""));
        Assert.Equal("""{"ok":true,"removed":false}""", (await _host.CallAsync("cron.remove", """{"jobId":"nope"}""")).ToJsonString());
        Assert.StartsWith("INVALID_REQUEST: invalid cron.run params: must have required property 'id'", await _host.ErrorAsync("cron.run", "{}"), StringComparison.Ordinal);
        Assert.StartsWith("INVALID_REQUEST: invalid cron.update params: must have required property 'patch'", await _host.ErrorAsync("cron.update", """{"id":"x"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_IsOrderedAndPaged_AndKeepsWhatItDoesNotKnow()
    {
        Write("jobs.json", Jobs);

        Assert.Equal(["soon", "late"], await ListAsync("{}"));
        Assert.Equal(["soon", "late", "off"], await ListAsync("""{"includeDisabled":true}"""));
        Assert.Equal(["late"], await ListAsync("""{"limit":1,"offset":1}"""));
        await _host.CallAsync("cron.update", """{"id":"late","patch":{"name":"later"}}""");
        Assert.Contains("\"x\": [", await File.ReadAllTextAsync(_host.JobsPath), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"jobs":{"a":1}}""")]
    public async Task List_OfNonsense_IsEmpty(string text)
    {
        Write("jobs.json", text);

        Assert.Empty(await ListAsync("{}"));
    }

    [Fact]
    public async Task TornFile_IsReplacedByItsCopy_AndKept()
    {
        Write("jobs.json", Jobs[..100]);
        Write("jobs.json.bak", Jobs);

        Assert.Equal(["soon", "late"], await ListAsync("{}"));
        Assert.Equal(Jobs[..100], await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(CronDirectory, "jobs.json.broken-*"))));
    }

    [Fact]
    public async Task TornFile_WithoutACopy_IsAnError_AndLeftAsItIs()
    {
        Write("jobs.json", Jobs[..100]);

        Assert.StartsWith("UNAVAILABLE: Error: Failed to parse cron store at ", await _host.ErrorAsync("cron.list", "{}"), StringComparison.Ordinal);
        Assert.StartsWith("UNAVAILABLE: Error: Failed to parse cron store at ", await _host.ErrorAsync("cron.add", """{"schedule":{"kind":"every","everyMs":9},"payload":{"text":"x"}}"""), StringComparison.Ordinal);
        Assert.Equal(Jobs[..100], await File.ReadAllTextAsync(_host.JobsPath));
    }

    [Fact]
    public async Task TenThousandJobs_AreListed_AndOneMoreIsRefused()
    {
        var jobs = Enumerable.Range(0, 10_000).Select(i => $$$"""{"id":"j{{{i}}}","name":"j","enabled":true,"createdAtMs":1,"schedule":{"kind":"cron","expr":"0 9 * * *"},"sessionTarget":"main","payload":{"kind":"systemEvent","text":"x"},"state":{"nextRunAtMs":4000000000000}}""");
        Write("jobs.json", $$$"""{"version":1,"jobs":[{{{string.Join(',', jobs)}}}]}""");

        Assert.Equal(10_000, (await ListAsync("{}")).Length);
        Assert.Equal("UNAVAILABLE: Error: there are 10000 cron jobs already; remove some first", await _host.ErrorAsync("cron.add", """{"schedule":{"kind":"every","everyMs":90000000},"payload":{"text":"x"}}"""));
    }

    [Fact]
    public async Task Runs_AreTheLastOnes_WithoutATornLine()
    {
        Write("runs/soon.jsonl", "{\"ts\":1}\n{\"ts\":2}\n{\"ts\":3}\n{\"ts\":");

        var runs = (await _host.CallAsync("cron.runs", """{"jobId":"soon","limit":2}"""))["entries"]!.AsArray();

        Assert.Equal([2, 3], runs.Select(run => (int)run!["ts"]!));
    }

    [Theory]
    [InlineData("../jobs")]
    [InlineData("none")]
    public async Task Runs_OfAnUnknownJob_AreNone_AndNoOtherFileIsRead(string id)
    {
        Write("jobs.jsonl", "{\"ts\":1}\n");

        Assert.Empty(await _host.RunsAsync(id));
    }

    private async Task<string[]> ListAsync(string parameters) =>
        [.. (await _host.CallAsync("cron.list", parameters))["jobs"]!.AsArray().Select(job => (string)job!["id"]!)];

    private void Write(string name, string text)
    {
        var path = Path.Combine(CronDirectory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
