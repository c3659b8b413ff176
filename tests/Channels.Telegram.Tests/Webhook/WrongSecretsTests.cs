using System.Net;
using OpenClaw.Channels.Telegram.Webhook;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Telegram.Tests.Webhook;

/// <summary>How many wrong secrets of an address are answered in a minute.</summary>
public sealed class WrongSecretsTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Count_WithinAMinute_IsLimitedByAddress()
    {
        var wrong = new WrongSecrets(_time);
        for (var i = 0; i < WrongSecrets.MaxPerMinute; i++)
            Assert.Null(wrong.Count(IPAddress.Parse("203.0.113.1")));
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(TimeSpan.FromSeconds(40), wrong.Count(IPAddress.Parse("203.0.113.1")));
        Assert.Null(wrong.Count(IPAddress.Parse("203.0.113.2")));
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.Null(wrong.Count(IPAddress.Parse("203.0.113.1")));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::2", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("203.0.113.1", "::ffff:203.0.113.1", true)]
    public void Count_OfTheSameNetwork_IsOne(string first, string second, bool same)
    {
        var wrong = new WrongSecrets(_time);
        for (var i = 0; i < WrongSecrets.MaxPerMinute; i++)
            wrong.Count(IPAddress.Parse(first));

        Assert.Equal(same, wrong.Count(IPAddress.Parse(second)) is not null);
    }

    [Fact]
    public void Count_OfVeryMany_ForgetsInsteadOfGrowing()
    {
        var wrong = new WrongSecrets(_time);
        for (var i = 0; i < WrongSecrets.MaxPerMinute; i++)
            wrong.Count(IPAddress.Loopback);
        for (var i = 0; i < 5000; i++)
            wrong.Count(new IPAddress([10, 1, (byte)(i >> 8), (byte)i]));

        Assert.Null(wrong.Count(IPAddress.Loopback));
    }
}
