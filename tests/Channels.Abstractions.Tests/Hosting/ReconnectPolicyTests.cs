using OpenClaw.Channels.Abstractions.Hosting;

namespace OpenClaw.Channels.Abstractions.Tests.Hosting;

/// <summary>The numbers of the pauses.</summary>
public sealed class ReconnectPolicyTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3.6)]
    [InlineData(3, 6.48)]
    [InlineData(6, 30)]
    [InlineData(10_000, 30)]
    public void DelayAfter_IsTheDocumentedNumber(int failures, double seconds)
    {
        Assert.Equal(seconds, ReconnectPolicy.DelayAfter(failures, 0.5).TotalSeconds, 3);
        Assert.Equal(seconds * 0.75, ReconnectPolicy.DelayAfter(failures, 0).TotalSeconds, 3);
        Assert.Equal(seconds * 1.25, ReconnectPolicy.DelayAfter(failures, 1).TotalSeconds, 3);
    }
}
