using OpenClaw.Fakes.OpenAi;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Cron;

/// <summary>The model makes jobs and looks after them.</summary>
public sealed class CronToolTests : IAsyncLifetime
{
    private CronHost _host = null!;

    public async Task InitializeAsync() => _host = await CronHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Reminder_IsMade_AndBelongsToTheAgent()
    {
        await UseAsync("""{"action":"add","job":{"schedule":{"kind":"at","at":"2026-11-21T09:00:00Z"},"payload":{"kind":"systemEvent","text":"water the plants"}}}""");

        var job = Assert.Single((await _host.CallAsync("cron.list", "{}"))["jobs"]!.AsArray())!;
        Assert.Equal(("water the plants", "main", "main"), ((string?)job["name"], (string?)job["agentId"], (string?)job["sessionTarget"]));
    }

    [Fact]
    public async Task Run_IsNotWaitedFor_AndComesAfterwards()
    {
        var id = await _host.AddTurnAsync("""{"kind":"every","everyMs":86400000}""");

        var said = await UseAsync($$$"""{"action":"run","jobId":"{{{id}}}"}""");

        Assert.Contains("queued", said, StringComparison.Ordinal);
        await TestTimeouts.Until(async () => (await _host.RunsAsync(id)).Count == 1, "the run");
    }

    [Theory]
    [InlineData("""{"action":"add"}""", "job required")]
    [InlineData("""{"action":"run"}""", "jobId required")]
    [InlineData("""{"action":"run","jobId":"none"}""", "unknown cron job id: none")]
    [InlineData("""{"action":"add","job":{"schedule":{"kind":"cron","expr":"zzz"},"payload":{"text":"x"}}}""", "CronPattern: invalid configuration format")]
    public async Task WhatCannotBe_IsToldToTheModel(string arguments, string expected) => Assert.Contains(expected, await UseAsync(arguments), StringComparison.Ordinal);

    /// <summary>What the model reads after its call.</summary>
    private async Task<string> UseAsync(string arguments)
    {
        _host.Model.Enqueue(FakeReply.Tool("cron", arguments));
        _host.Model.Enqueue(FakeReply.Text("done"));
        await _host.Client.SendAsync("""{"type":"req","id":"turn","method":"agent","params":{"message":"go","agentId":"main","idempotencyKey":"k1"}}""");
        await _host.Client.ReadUntilAsync(frame => (string?)frame["id"] == "turn" && (string?)frame["payload"]?["status"] == "ok");
        return _host.Model.Requests.First(request => request.Messages.Any(message => (string?)message!["role"] == "tool")).Messages.Last(message => (string?)message!["role"] == "tool")!["content"]!.ToJsonString();
    }
}
