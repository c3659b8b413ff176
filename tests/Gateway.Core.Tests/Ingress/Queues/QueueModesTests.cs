using OpenClaw.Fakes.OpenAi;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Ingress.Queues;

/// <summary>What a client of <c>chat.send</c> sees when its session is busy, in each mode.</summary>
public sealed class QueueModesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("mode: \"collect\",")]
    [InlineData("mode: \"followup\",")]
    public async Task Queued_EndsAtOnceWithoutText_AndIsAnsweredByARunOfAnotherId(string mode)
    {
        await using var host = await QueueHost.StartAsync(mode + "debounceMs: 0");
        var release = await host.BusyAsync();

        Assert.Equal("started", (string?)(await host.SendAsync("second", "m2"))["status"]);
        Assert.Equal("started", (string?)(await host.SendAsync("third", "m3"))["status"]);
        Assert.Equal("final", await host.EndOfAsync("m2"));
        Assert.Equal("final", await host.EndOfAsync("m3"));
        Assert.Equal("timeout", await host.WaitStatusAsync("m2", timeoutMs: 0));
        Assert.Single(host.Model.Requests);

        release.SetResult();
        Assert.Equal("final busy", await host.EndOfAsync("m1"));
        var second = await host.AnsweredAsync("] second");
        var third = await host.AnsweredAsync("] third");
        Assert.Equal("ok", await host.WaitStatusAsync("m2"));
        Assert.Equal("ok", await host.WaitStatusAsync("m3"));
        Assert.DoesNotContain(second, new[] { "m1", "m2", "m3", third });
        Assert.Equal(["first", "second", "third"], host.AskedIn(2));
        var history = await host.HistoryAsync();
        Assert.Equal(["user: first", "assistant: busy", "user: second", "user: third"], history.Where(static line => !line.StartsWith("assistant: echo", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("steer")]
    [InlineData("queue")]
    public async Task Steer_BetweenTools_IsPutIntoTheModelsNextRequest_AndTheRestOfTheToolsIsSkipped(string mode)
    {
        await using var host = await QueueHost.StartAsync($"mode: \"{mode}\", debounceMs: 0");
        using var gate = new TempDirectory();
        host.Model.Enqueue(FakeReply.Script(
            new ToolStep("exec", $$"""{"command":"until [ -e {{gate["go"]}} ]; do sleep 0.02; done; echo stepped"}"""), new ToolStep("exec", """{"command":"echo never"}""")));
        await host.SendAsync("first", "m1");
        await host.Model.WaitForRequestsAsync(1, TestTimeouts.Wait);

        // Steered as soon as the loop works; before that it would wait. The loop worked when it asked the model.
        await host.SendAsync("change of plan", "m2");
        Assert.Equal("final", await host.EndOfAsync("m2"));
        await File.WriteAllTextAsync(gate["go"], "");

        Assert.Contains("] change of plan", await host.EndOfAsync("m1"), StringComparison.Ordinal);
        Assert.Equal("ok", await host.WaitStatusAsync("m2"));
        Assert.Equal(2, host.Model.Requests.Count);
        Assert.Equal(["first", "change of plan"], host.AskedIn(1));
        var results = host.Model.Requests[1].Texts("tool");
        Assert.Contains("stepped", results[0], StringComparison.Ordinal);
        Assert.Equal("Skipped due to queued user message.", results[1]);
        var roles = host.Model.Requests[1].Messages.Select(static message => (string)message!["role"]!);
        Assert.Equal(["system", "user", "assistant", "tool", "tool", "user"], roles);
    }

    [Fact]
    public async Task Steer_WhileTheModelAnswers_IsAnsweredInTheSameRun()
    {
        await using var host = await QueueHost.StartAsync("mode: \"steer\", debounceMs: 0");
        var release = await host.BusyAsync();

        await host.SendAsync("and this", "m2");
        await host.SendAsync("and that", "m3");
        Assert.Equal(("final", "final"), (await host.EndOfAsync("m2"), await host.EndOfAsync("m3")));
        release.SetResult();

        Assert.Contains("] and that", await host.EndOfAsync("m1"), StringComparison.Ordinal);
        Assert.Equal(("ok", "ok"), (await host.WaitStatusAsync("m2"), await host.WaitStatusAsync("m3")));
        Assert.Equal(["first", "and this", "and that"], host.AskedIn(2));
        Assert.Equal(["user", "assistant", "user", "assistant", "user", "assistant"], (await host.HistoryAsync()).Select(static line => line[..line.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task SteerBacklog_IsAnsweredInTheRunAndInOneOfItsOwn()
    {
        await using var host = await QueueHost.StartAsync("mode: \"steer-backlog\", debounceMs: 0");
        var release = await host.BusyAsync();

        await host.SendAsync("twice", "m2");
        Assert.Equal("final", await host.EndOfAsync("m2"));
        release.SetResult();

        Assert.Contains("] twice", await host.EndOfAsync("m1"), StringComparison.Ordinal);
        Assert.Equal("ok", await host.WaitStatusAsync("m2"));
        Assert.Equal(["first", "twice", "twice"], host.AskedIn(2));
        Assert.Equal(2, (await host.HistoryAsync()).Count(static line => line == "user: twice"));
    }

    [Fact]
    public async Task Interrupt_EndsTheRun_AndRunsUnderItsOwnId()
    {
        await using var host = await QueueHost.StartAsync("mode: \"interrupt\", debounceMs: 0");
        await host.BusyAsync();

        Assert.Equal("started", (string?)(await host.SendAsync("now", "m2"))["status"]);

        Assert.Equal("aborted interrupt", await host.EndOfAsync("m1"));
        Assert.Contains("] now", await host.EndOfAsync("m2"), StringComparison.Ordinal);
        Assert.Equal(("ok", "ok"), (await host.WaitStatusAsync("m1"), await host.WaitStatusAsync("m2")));
    }

    [Fact]
    public async Task Session_SetByCommand_WinsOverTheConfiguration_AndOneMessageOverBoth()
    {
        await using var host = await QueueHost.StartAsync("mode: \"followup\", debounceMs: 0");
        Assert.Equal("started", (string?)(await host.SendAsync("/queue steer", "c1"))["status"]);
        Assert.Equal("final ⚙️ Queue mode set to steer.", await host.EndOfAsync("c1"));
        var release = await host.BusyAsync();
        await host.SendAsync("steered", "m2");
        Assert.Equal("final", await host.EndOfAsync("m2"));
        await host.SendAsync("/queue collect\nwaits", "m3");
        Assert.Equal("final", await host.EndOfAsync("m3"));
        release.SetResult();

        Assert.Contains("] steered", await host.EndOfAsync("m1"), StringComparison.Ordinal);
        Assert.DoesNotContain(await host.AnsweredAsync("] waits"), new[] { "m1", "m2", "m3" });
        Assert.Equal("assistant: ⚙️ Queue mode set to steer.", (await host.HistoryAsync())[0]);
    }

    [Fact]
    public async Task Agent_WaitsInLineUnderItsOwnId_WhateverTheMode()
    {
        await using var host = await QueueHost.StartAsync("mode: \"interrupt\", debounceMs: 0");
        var release = await host.BusyAsync();

        var accepted = await host.RequestAsync("agent", new() { ["sessionKey"] = QueueHost.Session, ["message"] = "patient", ["idempotencyKey"] = "a1" });
        Assert.Equal("accepted", (string?)accepted["payload"]!["status"]);
        release.SetResult();

        Assert.Equal("final busy", await host.EndOfAsync("m1"));
        Assert.Contains("] patient", await host.EndOfAsync("a1"), StringComparison.Ordinal);
    }
}
