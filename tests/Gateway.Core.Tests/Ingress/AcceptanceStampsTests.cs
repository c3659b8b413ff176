using OpenClaw.Gateway.Core.Ingress;

namespace OpenClaw.Gateway.Core.Tests.Ingress;

public sealed class AcceptanceStampsTests
{
    [Fact]
    public async Task Next_ManyAtOnceInOneMillisecond_AllDiffer()
    {
        var stamps = new AcceptanceStamps();
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 1000).Select(_ => stamps.Next(5_000)).ToArray())));

        Assert.Equal(Enumerable.Range(5_000, 8_000).Select(static ms => (long)ms), taken.SelectMany(static ms => ms).Order());
    }

    [Fact]
    public void Next_LaterClock_IsFollowed_AndAnEarlierOneIsNot()
    {
        var stamps = new AcceptanceStamps();

        Assert.Equal([10, 50, 51], new[] { stamps.Next(10), stamps.Next(50), stamps.Next(20) });
    }
}
