using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Cron;

/// <summary>Schedules that another gateway left are shown as they are, and stay as they are.</summary>
public sealed class CronFilesTests : IAsyncLifetime
{
    private const string Jobs = """
        {"version":1,"jobs":[
          {"id":"late","name":"late","enabled":true,"state":{"nextRunAtMs":2000}},
          {"id":"off","name":"off","enabled":false,"state":{}},
          {"id":"soon","name":"soon","enabled":true,"state":{"nextRunAtMs":1000}}
        ]}
        """;

    private GatewayTestHost _host = null!;
    private RawClient _client = null!;

    private string Directory => Path.Combine(_host.StateDirectory, "cron");

    public async Task InitializeAsync()
    {
        _host = await GatewayTestHost.StartAsync();
        _client = await _host.ConnectRawAsync();
        await _client.HelloAsync();
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task List_IsOrderedAndPaged_AndTheFileIsUntouched()
    {
        Write("jobs.json", Jobs);

        Assert.Equal(["soon", "late"], await ListAsync([]));
        Assert.Equal(["soon", "late", "off"], await ListAsync(new JsonObject { ["includeDisabled"] = true }));
        Assert.Equal(["late"], await ListAsync(new JsonObject { ["limit"] = 1, ["offset"] = 1 }));
        var status = (await _client.RequestAsync("cron.status"))["payload"]!;
        Assert.Equal((false, 3, null), ((bool)status["enabled"]!, (int)status["jobs"]!, (long?)status["nextWakeAtMs"]));
        Assert.Equal(Jobs, await File.ReadAllTextAsync(Path.Combine(Directory, "jobs.json")));
    }

    [Theory]
    [InlineData("{ broken")]
    [InlineData("[]")]
    [InlineData("""{"jobs":{"a":1}}""")]
    public async Task List_OfNonsense_IsEmpty(string text)
    {
        Write("jobs.json", text);

        Assert.Empty(await ListAsync([]));
    }

    [Fact]
    public async Task Runs_AreTheLastOnes_WithoutATornLine()
    {
        Write("runs/soon.jsonl", "{\"ts\":1}\n{\"ts\":2}\n{\"ts\":3}\n{\"ts\":");

        var runs = (await _client.RequestAsync("cron.runs", new JsonObject { ["jobId"] = "soon", ["limit"] = 2 }))["payload"]!["entries"]!.AsArray();

        Assert.Equal([2, 3], runs.Select(run => (int)run!["ts"]!));
    }

    [Theory]
    [InlineData("../jobs")]
    [InlineData("none")]
    public async Task Runs_OfAnUnknownSchedule_AreNone_AndNoOtherFileIsRead(string id)
    {
        Write("jobs.jsonl", "{\"ts\":1}\n");

        Assert.Empty((await _client.RequestAsync("cron.runs", new JsonObject { ["id"] = id }))["payload"]!["entries"]!.AsArray());
    }

    private async Task<string[]> ListAsync(JsonObject parameters)
    {
        var answer = await _client.RequestAsync("cron.list", parameters);
        return [.. answer["payload"]!["jobs"]!.AsArray().Select(job => (string)job!["id"]!)];
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(Directory, name);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
