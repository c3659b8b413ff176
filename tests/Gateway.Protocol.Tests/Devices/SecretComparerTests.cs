using OpenClaw.Gateway.Protocol.Devices;

namespace OpenClaw.Gateway.Protocol.Tests.Devices;

public sealed class SecretComparerTests
{
    [Theory]
    [InlineData("tok-abc", "tok-abc", true)]
    [InlineData("tök-🦞", "tök-🦞", true)]
    [InlineData("tok-abc", "tok-abd", false)]
    [InlineData("tok-abc", "tok-abc ", false)]
    [InlineData("tok-abc", "TOK-ABC", false)]
    [InlineData("tok-äbc", "tok-abc", false)] // same UTF-16 length, different UTF-8 length
    [InlineData("\u00e9", "e\u0301", false)] // same character, other code points
    [InlineData("", "", false)]
    [InlineData("", "tok", false)]
    [InlineData("tok", "", false)]
    [InlineData(null, null, false)]
    [InlineData(null, "tok", false)]
    [InlineData("tok", null, false)]
    public void Matches_Pairs_AreTrueOnlyForTheSameNonEmptyText(string? offered, string? expected, bool matches) =>
        Assert.Equal(matches, SecretComparer.Matches(offered, expected));

    [Fact]
    public void Matches_DifferentLoneSurrogates_AreDifferent() =>
        Assert.False(SecretComparer.Matches("\ud800", "\ud801"));
}
