using OpenClaw.Channels.Telegram.Polling;

namespace OpenClaw.Channels.Telegram.Tests.Polling;

/// <summary>The numbers of the pauses.</summary>
public sealed class PollBackoffTests
{
    [Theory]
    [InlineData(502, 1, 0.1)]
    [InlineData(502, 2, 0.2)]
    [InlineData(0, 5, 1.6)]
    [InlineData(0, 500, 30)]
    [InlineData(409, 1, 1)]
    [InlineData(409, 2, 2)]
    [InlineData(409, 1000, 4)]
    [InlineData(401, 1, 5)]
    [InlineData(404, 3, 20)]
    [InlineData(401, 1000, 60)]
    public void DelayAfter_Failures_IsTheDocumentedNumber(int code, int failures, double seconds)
    {
        Assert.Equal(seconds, PollBackoff.DelayAfter(code, null, failures, 1).TotalSeconds, 3);
        Assert.Equal(seconds * 0.9, PollBackoff.DelayAfter(code, null, failures, 0).TotalSeconds, 3);
    }

    [Fact]
    public void DelayAfter_RateLimit_IsObeyedInFull() =>
        Assert.Equal(TimeSpan.FromHours(2), PollBackoff.DelayAfter(429, TimeSpan.FromHours(2), 1, 0));
}
