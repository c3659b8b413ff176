using OpenClaw.Fakes.OpenAi;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Ingress.Queues;

/// <summary>The process ends while messages wait or are being worked on by the run of another.</summary>
public sealed class QueueRestartTests
{
    [Theory]
    [InlineData("followup", false)]
    [InlineData("followup", true)]
    [InlineData("steer", false)]
    [InlineData("steer", true)]
    [InlineData("steer-backlog", true)]
    public async Task Ended_WhileMessagesWait_EachIsThereAndAnsweredOnce(string mode, bool crash)
    {
        await using var host = await QueueHost.StartAsync($"mode: \"{mode}\", debounceMs: 0");
        await host.BusyAsync();
        await host.SendAsync("second", "m2");
        await host.SendAsync("third", "m3");
        Assert.Equal(("final", "final"), (await host.EndOfAsync("m2"), await host.EndOfAsync("m3")));

        await (crash ? host.CrashAsync("mode: \"followup\", debounceMs: 0") : host.RestartAsync());

        foreach (var id in new[] { "m1", "m2", "m3" })
            Assert.Equal("ok", await host.WaitStatusAsync(id));
        var history = await host.HistoryAsync();
        Assert.Equal(["user: first", "user: second", "user: third"], history.Where(static line => line.StartsWith("user", StringComparison.Ordinal)));
        foreach (var text in new[] { "first", "second", "third" })
            Assert.Single(history, line => line.StartsWith("assistant: echo", StringComparison.Ordinal) && line.Contains($"] {text}", StringComparison.Ordinal));
        foreach (var id in new[] { "m1", "m2", "m3" })
            Assert.Equal("ok", (string?)(await host.SendAsync("again", id))["status"]);
    }

    [Fact]
    public async Task Crash_WhileTheModelReadsASteeredMessage_ItIsThereOnceAndAnsweredOnce()
    {
        await using var host = await QueueHost.StartAsync("mode: \"steer\", debounceMs: 0");
        var release = await host.BusyAsync();
        host.Model.Enqueue(FakeReply.Script(new HangStep()));
        await host.SendAsync("second", "m2");
        Assert.Equal("final", await host.EndOfAsync("m2"));
        release.SetResult();
        await host.Model.WaitForRequestsAsync(2, TestTimeouts.Wait);

        await host.CrashAsync("mode: \"steer\", debounceMs: 0");

        Assert.Equal("ok", await host.WaitStatusAsync("m1"));
        Assert.Equal("ok", await host.WaitStatusAsync("m2"));
        var history = await host.HistoryAsync();
        Assert.Equal(["user: first", "assistant: busy", "user: second"], history.Take(3));
        Assert.Contains("] second", Assert.Single(history.Skip(3)), StringComparison.Ordinal);
        Assert.Equal(["first", "second"], host.AskedIn(2));
        Assert.Equal(3, host.Model.Requests.Count);
    }

    [Fact]
    public async Task Crash_WhileTheModelReadsAMessageThatCameBetweenTools_ItStaysInTheConversation()
    {
        await using var host = await QueueHost.StartAsync("mode: \"steer\", debounceMs: 0");
        using var gate = new TempDirectory();
        host.Model.Enqueue(
            FakeReply.Tool("exec", $$"""{"command":"until [ -e {{gate["go"]}} ]; do sleep 0.02; done; echo stepped"}"""), FakeReply.Script(new HangStep()));
        await host.SendAsync("first", "m1");
        await host.Model.WaitForRequestsAsync(1, TestTimeouts.Wait);
        await host.SendAsync("second", "m2");
        Assert.Equal("final", await host.EndOfAsync("m2"));
        await File.WriteAllTextAsync(gate["go"], "");
        await host.Model.WaitForRequestsAsync(2, TestTimeouts.Wait);
        await host.CrashAsync("mode: \"steer\", debounceMs: 0");

        Assert.Equal("ok", await host.WaitStatusAsync("m1"));
        Assert.Equal("ok", await host.WaitStatusAsync("m2"));
        Assert.Equal(["first", "second"], host.AskedIn(2));
        Assert.Equal(3, host.Model.Requests.Count);
        Assert.Single(await host.HistoryAsync(), static line => line == "user: second");
    }

    [Fact]
    public async Task Crash_AfterTheAnswerButBeforeItsEndIsNoted_NobodyIsAskedAgain()
    {
        await using var host = await QueueHost.StartAsync("mode: \"steer\", debounceMs: 0");
        var release = await host.BusyAsync();
        host.Model.Enqueue(FakeReply.Text("both answered"), FakeReply.Script(new HangStep()));
        await host.SendAsync("second", "m2");
        await host.SendAsync("third", "m3");
        Assert.Equal("final", await host.EndOfAsync("m3"));
        release.SetResult();
        // The run works on the third: the first two have their answers, and none of the three is done with.
        await host.Model.WaitForRequestsAsync(3, TestTimeouts.Wait);

        await host.CrashAsync("mode: \"steer\", debounceMs: 0");

        foreach (var id in new[] { "m1", "m2", "m3" })
            Assert.Equal("ok", await host.WaitStatusAsync(id));
        Assert.Equal(4, host.Model.Requests.Count);
        var history = await host.HistoryAsync();
        Assert.Equal(["user: first", "assistant: busy", "user: second", "assistant: both answered", "user: third"], history.Take(5));
        Assert.Contains("] third", Assert.Single(history.Skip(5)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crash_ARepeatBeforeTheMessageIsAnswered_JoinsIt()
    {
        await using var host = await QueueHost.StartAsync("mode: \"followup\", debounceMs: 0");
        await host.BusyAsync();
        await host.SendAsync("second", "m2");
        Assert.Equal("final", await host.EndOfAsync("m2"));
        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Model.Enqueue(FakeReply.Script(new TextStep("held"), new WaitStep(hold.Task)));

        await host.CrashAsync("mode: \"followup\", debounceMs: 0");
        await host.Model.WaitForRequestsAsync(2, TestTimeouts.Wait);
        Assert.Contains((string?)(await host.SendAsync("second", "m2"))["status"], new[] { "ok", "in_flight" });
        hold.SetResult();

        Assert.Equal("ok", await host.WaitStatusAsync("m2"));
        Assert.Single(await host.HistoryAsync(), static line => line == "user: second");
    }

    [Fact]
    public async Task Crash_ThreeTimesOverOneMessage_WhatCameAfterItDoesNotOvertakeIt()
    {
        await using var host = await QueueHost.StartAsync("mode: \"followup\", debounceMs: 0");
        for (var crash = 1; crash <= 3; crash++)
            host.Model.Enqueue(FakeReply.Script(new HangStep()));
        await host.SendAsync("first", "m1");
        for (var crash = 1; crash <= 3; crash++)
        {
            await host.Model.WaitForRequestsAsync(crash, TestTimeouts.Wait);
            if (crash == 3)
                await host.SendAsync("second", "m2");
            await host.CrashAsync("mode: \"followup\", debounceMs: 0");
        }
        await host.SendAsync("third", "m3");

        foreach (var id in new[] { "m1", "m2", "m3" })
            Assert.Equal("ok", await host.WaitStatusAsync(id));
        var history = await host.HistoryAsync();
        Assert.Equal(6, history.Count);
        Assert.Equal(["user: first", "user: second", "user: third"], history.Where((_, index) => index % 2 == 0));
        Assert.Equal(6, host.Model.Requests.Count);
    }

    [Fact]
    public async Task Crash_WhileADroppedMessageIsOnlyALine_ItIsStillOwed()
    {
        await using var host = await QueueHost.StartAsync("mode: \"followup\", debounceMs: 0, cap: 1");
        await host.BusyAsync();
        await host.SendAsync("early", "m2");
        await host.SendAsync("late", "m3");
        Assert.Equal("final", await host.EndOfAsync("m3"));

        await host.CrashAsync("mode: \"followup\", debounceMs: 0");

        foreach (var id in new[] { "m1", "m2", "m3" })
            Assert.Equal("ok", await host.WaitStatusAsync(id));
        var last = host.Model.Requests[^1];
        Assert.Contains(last.Texts("user"), static text => text.Contains("early", StringComparison.Ordinal));
        Assert.Contains(last.Texts("user"), static text => text.Contains("] late", StringComparison.Ordinal));
    }
}
