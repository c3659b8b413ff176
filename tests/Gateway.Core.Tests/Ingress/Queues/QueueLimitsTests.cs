using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Tests.Ingress.Queues;

/// <summary>Full queues, stopped sessions, repeated messages.</summary>
public sealed class QueueLimitsTests
{
    [Fact]
    public async Task Full_DropNew_TheSenderIsTold_AndARepeatIsToldAgain()
    {
        await using var host = await QueueHost.StartAsync("mode: \"followup\", debounceMs: 0, cap: 1, drop: \"new\"");
        var release = await host.BusyAsync();
        await host.SendAsync("kept", "m2");
        await host.SendAsync("refused", "m3");

        Assert.Equal("error The session's queue is full; the message was not taken.", await host.EndOfAsync("m3"));
        var repeat = await host.RequestAsync("chat.send", new JsonObject { ["sessionKey"] = QueueHost.Session, ["message"] = "refused", ["idempotencyKey"] = "m3" });
        Assert.False((bool)repeat["ok"]!);
        Assert.Equal("error", await host.WaitStatusAsync("m3"));
        release.SetResult();

        await host.AnsweredAsync("] kept");
        Assert.Equal("ok", await host.WaitStatusAsync("m2"));
        Assert.DoesNotContain("user: refused", await host.HistoryAsync());
    }

    [Fact]
    public async Task Full_DropOld_TheOldestHasAnOutcome()
    {
        await using var host = await QueueHost.StartAsync("mode: \"followup\", debounceMs: 0, cap: 1, drop: \"old\"");
        var release = await host.BusyAsync();
        await host.SendAsync("lost", "m2");
        await host.SendAsync("kept", "m3");

        Assert.Equal("error", await host.WaitStatusAsync("m2"));
        release.SetResult();

        await host.AnsweredAsync("] kept");
        Assert.Equal(["first", "kept"], host.AskedIn(1));
    }

    [Theory]
    [InlineData("old", new[] { "m2", "m3" })]
    [InlineData("summarize", new[] { "m2" })]
    public async Task Full_WhoseMessageIsLostAltogether_IsTold(string drop, string[] lost)
    {
        await using var host = await QueueHost.StartAsync($"mode: \"followup\", debounceMs: 0, cap: 1, drop: \"{drop}\"");
        var release = await host.BusyAsync();
        foreach (var number in new[] { 2, 3, 4 })
        {
            await host.SendAsync($"text {number}", $"m{number}");
            Assert.Equal("final", await host.EndOfAsync($"m{number}"));
        }

        foreach (var id in lost)
        {
            Assert.Equal("The session's queue was full, and newer messages took its place.", await host.ErrorOfAsync(id));
            Assert.Equal("error", await host.WaitStatusAsync(id));
        }
        release.SetResult();
        await host.AnsweredAsync("text 4");
        foreach (var id in new[] { "m2", "m3", "m4" }.Except(lost))
        {
            Assert.Equal("ok", await host.WaitStatusAsync(id));
            Assert.False(host.HasError(id));
        }
    }

    [Fact]
    public async Task Full_Summarize_TheModelReadsALineOfWhatWasDropped()
    {
        await using var host = await QueueHost.StartAsync("mode: \"collect\", debounceMs: 0, cap: 2");
        var release = await host.BusyAsync();
        foreach (var number in new[] { 2, 3, 4, 5 })
            await host.SendAsync($"text {number}", $"m{number}");
        Assert.Equal("final", await host.EndOfAsync("m5"));
        release.SetResult();

        Assert.Equal("ok", await host.WaitStatusAsync("m2"));
        Assert.Equal("ok", await host.WaitStatusAsync("m5"));
        Assert.Equal(3, host.Model.Requests.Count);
        Assert.StartsWith("[Queue overflow] 2 earlier messages were dropped:\n- text 2\n- text 3\n", host.Model.Requests[1].LastUserText, StringComparison.Ordinal);
        Assert.Contains("] text 4", host.Model.Requests[1].LastUserText, StringComparison.Ordinal);
        Assert.Equal("text 5", QueueHost.Bare(host.Model.Requests[2].LastUserText));
    }

    [Theory]
    [InlineData("chat.send")]
    [InlineData("chat.abort")]
    public async Task Stop_ForgetsWhatWaits_AndSaysSo(string method)
    {
        await using var host = await QueueHost.StartAsync("mode: \"followup\", debounceMs: 0");
        await host.BusyAsync();
        await host.SendAsync("waiting", "m2");
        Assert.Equal("final", await host.EndOfAsync("m2"));

        var parameters = new JsonObject { ["sessionKey"] = QueueHost.Session };
        if (method == "chat.send")
            (parameters["message"], parameters["idempotencyKey"]) = ("/stop", "stop");
        var stopped = await host.RequestAsync(method, parameters);

        Assert.Equal(["m1", "m2"], stopped["payload"]!["runIds"]!.AsArray().Select(static id => (string)id!).Order());
        Assert.StartsWith("aborted", await host.EndOfAsync("m1"), StringComparison.Ordinal);
        Assert.Equal("ok", await host.WaitStatusAsync("m2"));
        await host.SendAsync("next", "m3");
        Assert.Contains("] next", await host.EndOfAsync("m3"), StringComparison.Ordinal);
        Assert.DoesNotContain("user: waiting", await host.HistoryAsync());
    }

    [Fact]
    public async Task Abort_OfAMessageThatWaits_LeavesTheOthers()
    {
        await using var host = await QueueHost.StartAsync("mode: \"followup\", debounceMs: 0");
        var release = await host.BusyAsync();
        await host.SendAsync("unwanted", "m2");
        await host.SendAsync("wanted", "m3");
        Assert.Equal("final", await host.EndOfAsync("m3"));

        var stopped = await host.RequestAsync("chat.abort", new JsonObject { ["sessionKey"] = QueueHost.Session, ["runId"] = "m2" });
        Assert.Equal("m2", (string?)stopped["payload"]!["runIds"]!.AsArray().Single());
        release.SetResult();

        await host.AnsweredAsync("] wanted");
        Assert.Equal(["first", "wanted"], host.AskedIn(1));
    }

    [Fact]
    public async Task Abort_OfTheRun_WhatWasSteeredIntoItUnseen_IsAnsweredAfterIt()
    {
        await using var host = await QueueHost.StartAsync("mode: \"steer\", debounceMs: 0");
        await host.BusyAsync();
        await host.SendAsync("do not lose me", "m2");
        Assert.Equal("final", await host.EndOfAsync("m2"));

        await host.RequestAsync("chat.abort", new JsonObject { ["sessionKey"] = QueueHost.Session, ["runId"] = "m1" });

        Assert.Equal("aborted rpc", await host.EndOfAsync("m1"));
        await host.AnsweredAsync("] do not lose me");
        Assert.Equal("ok", await host.WaitStatusAsync("m2"));
    }

    [Fact]
    public async Task Repeat_OfAMessageThatWaits_IsTakenOnce()
    {
        await using var host = await QueueHost.StartAsync("mode: \"followup\", debounceMs: 0");
        var release = await host.BusyAsync();
        await host.SendAsync("once", "m2");
        Assert.Equal("final", await host.EndOfAsync("m2"));

        Assert.Equal("ok", (string?)(await host.SendAsync("once", "m2"))["status"]);
        release.SetResult();
        Assert.Equal("ok", await host.WaitStatusAsync("m2"));
        Assert.Equal("ok", (string?)(await host.SendAsync("once", "m2"))["status"]);

        Assert.Equal(1, host.FinalsOf("m2"));
        Assert.Equal(["first", "once"], host.AskedIn(1));
        Assert.Equal(2, host.Model.Requests.Count);
    }
}
