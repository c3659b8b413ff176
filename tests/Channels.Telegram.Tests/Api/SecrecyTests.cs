using System.Diagnostics;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Telegram.Tests.Support;
using OpenClaw.Fakes.Telegram;

namespace OpenClaw.Channels.Telegram.Tests.Api;

/// <summary>The token is in every address of the API, and nowhere else.</summary>
public sealed class SecrecyTests
{
    private const string Secret = "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0";

    [Fact]
    public async Task Token_IsInNoLogStatusRecordOrTrace()
    {
        var traced = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traced.Enqueue(activity.Source.Name + " " + activity.DisplayName + string.Join(' ', activity.TagObjects)),
        };
        ActivitySource.AddActivityListener(listener);
        await using var rig = await TelegramRig.CreateAsync();
        foreach (var kind in (FaultKind[])[FaultKind.ResetBefore, FaultKind.ServerErrorPage, FaultKind.HalfJson, FaultKind.BadRequest])
            rig.Bot.Faults.Add(Fault.Of(kind, "getMe"), Fault.Of(kind, "getUpdates"), Fault.Of(kind, "sendMessage"));
        // As often as a file is tried.
        rig.Bot.Faults.Add(Fault.Of(FaultKind.ResetBefore, "file"), Fault.Of(FaultKind.ServerErrorPage, "file"), Fault.Of(FaultKind.ResetBefore, "file"), Fault.Of(FaultKind.ServerErrorPage, "file"));

        await rig.ConnectAsync();
        rig.Bot.Enqueue(Updates.Of(Updates.Message(42, 1).With("document", new System.Text.Json.Nodes.JsonObject { ["file_id"] = rig.Bot.AddFile([1]) })));
        await rig.Rig.WaitForInboundAsync(1);
        var file = await rig.Rig.ActAsync("telegram", new ReadMediaAction(rig.Rig.Inbound[0].Media[0].Reference!, 0));
        await rig.Rig.SendAsync(TelegramRig.Message("m", "hello"));
        var record = await rig.Rig.WaitForRecordAsync("m", record => record.State is not Abstractions.Outbox.OutboxState.Attempting);
        var probe = await rig.Rig.ActAsync("telegram", new ProbeAction());
        var status = await rig.Rig.FindStatusAsync("telegram");

        Assert.NotEmpty(rig.Logs.All);
        Assert.NotNull(file.Error);
        Assert.All(rig.Logs.All, line => Assert.DoesNotContain(Secret, line, StringComparison.Ordinal));
        Assert.All(traced, trace => Assert.False(trace.Contains(Secret, StringComparison.Ordinal) && !trace.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal), trace));
        Assert.DoesNotContain(Secret, $"{record}{probe}{status}{file}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProxyThatIsDown_IsSaidWithoutItsPassword()
    {
        await using var rig = await TelegramRig.CreateAsync();
        await rig.ConnectAsync(section => section["proxy"] = "http://user:passwort@127.0.0.1:1");

        var status = await rig.Rig.WaitForStatusAsync("telegram", status => status.LastError is not null);

        Assert.DoesNotContain("passwort", status.LastError, StringComparison.Ordinal);
        Assert.All(rig.Logs.All, line => Assert.DoesNotContain("passwort", line, StringComparison.Ordinal));
    }
}
