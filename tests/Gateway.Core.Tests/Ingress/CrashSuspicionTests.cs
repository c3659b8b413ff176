using OpenClaw.Gateway.Core.Ingress;

namespace OpenClaw.Gateway.Core.Tests.Ingress;

public sealed class CrashSuspicionTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(2, 0, 0)]
    [InlineData(3, 0, 5)]
    [InlineData(3, 4, 1)]
    [InlineData(3, 5, 0)]
    [InlineData(4, 1, 9)]
    [InlineData(4, 3600, 0)]
    public void Delay_GrowsWithTheCrashes_AndCountsFromTheStart(int crashes, int uptimeSeconds, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), CrashSuspicion.Delay(crashes, TimeSpan.FromSeconds(uptimeSeconds)));

    [Theory]
    [InlineData(5)]
    [InlineData(1000)]
    public void Delay_AfterManyCrashes_GivesUp(int crashes) => Assert.Null(CrashSuspicion.Delay(crashes, TimeSpan.FromDays(1)));
}
