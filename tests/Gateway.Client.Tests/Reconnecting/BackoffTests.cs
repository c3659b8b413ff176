using OpenClaw.Gateway.Client.Reconnecting;

namespace OpenClaw.Gateway.Client.Tests.Reconnecting;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 0.75)]
    [InlineData(1, 0.5)]
    public void Next_Jitter_ShortensByUpToHalf(double jitter, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new Backoff(() => jitter).Next());

    [Fact]
    public void Expect_AppliesOnceAndLeavesTheRowAsItWas()
    {
        var backoff = new Backoff(() => 0);
        backoff.Next();
        backoff.Expect(TimeSpan.FromSeconds(5));

        Assert.Equal(5, backoff.Next().TotalSeconds);
        Assert.Equal(2, backoff.Next().TotalSeconds);
    }

    [Fact]
    public void Jitter_StaysInItsRange()
    {
        for (var i = 0; i < 1000; i++)
            Assert.InRange(Backoff.Jitter(), 0, 1);
    }
}
