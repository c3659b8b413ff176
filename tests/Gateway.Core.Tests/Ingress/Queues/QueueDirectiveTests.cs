using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Ingress;

namespace OpenClaw.Gateway.Core.Tests.Ingress.Queues;

public sealed class QueueDirectiveTests
{
    [Theory]
    [InlineData("/queue steer", "Steer", null, null, null, "")]
    [InlineData("/QUEUE: Steer+Backlog cap=3", "SteerBacklog", null, 3, null, "")]
    [InlineData("hello /queue interrupt debounce:2s drop:old\n  world", "Interrupt", 2000.0, null, "Old", "hello \n  world")]
    [InlineData("/queue debounce:500 now", null, 500.0, null, null, "now")]
    public void Find_ReadsWhatItKnows_AndLeavesTheRest(string message, string? mode, double? debounceMs, int? cap, string? drop, string rest)
    {
        var directive = QueueDirective.Find(message)!;

        Assert.Equal((mode, debounceMs, cap, drop), (directive.Mode?.ToString(), directive.DebounceMs, directive.Cap, directive.Drop?.ToString()));
        Assert.Equal(rest, directive.Rest);
        Assert.Empty(directive.Errors);
    }

    [Theory]
    [InlineData("what does /queue do?")]
    [InlineData("/queued steer")]
    [InlineData("/tmp/queue steer")]
    [InlineData("queue steer")]
    public void Find_OnlyLooksLikeOne_IsNone(string message) => Assert.Null(QueueDirective.Find(message));

    [Theory]
    [InlineData("/queue fast", "Unrecognized queue mode \"fast\".")]
    [InlineData("/queue cap:0", "Invalid cap \"0\".")]
    [InlineData("/queue cap:-1", "Invalid cap \"-1\".")]
    [InlineData("/queue debounce:soon", "Invalid debounce \"soon\".")]
    [InlineData("/queue drop:all", "Invalid drop policy \"all\".")]
    public void Find_CannotBeRead_SaysWhat(string message, string error)
    {
        var directive = QueueDirective.Find(message)!;

        Assert.Equal("", directive.Rest);
        Assert.StartsWith(error, Assert.Single(directive.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Find_Alone_AsksWhatHolds() => Assert.True(QueueDirective.Find(" /queue ")!.IsQuestion);

    [Theory]
    [InlineData("reset")]
    [InlineData("default")]
    public void Find_Reset_TakesNothingAfterIt(string word)
    {
        var directive = QueueDirective.Find($"/queue {word} steer")!;

        Assert.True(directive.Reset);
        Assert.Equal("steer", directive.Rest);
    }

    [Fact]
    public void Find_HugeNumbers_StayInRange()
    {
        var directive = QueueDirective.Find("/queue cap:99999999999999999999 debounce:999999999999d")!;

        Assert.Equal((int.MaxValue, TimeSpan.FromDays(1).TotalMilliseconds), (directive.Cap!.Value, directive.DebounceMs!.Value));
    }

    [Fact]
    public void Settings_UnknownNames_AreDefaults()
    {
        var settings = new AcceptedQueue("later", -5, 0, "some").ToSettings();

        Assert.Equal(new QueueSettings { Debounce = TimeSpan.Zero, Cap = 1 }, settings);
    }
}
