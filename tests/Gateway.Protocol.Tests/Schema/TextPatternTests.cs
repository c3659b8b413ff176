using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Tests.Schema;

public sealed class TextPatternTests
{
    [Theory]
    [InlineData(@"^\d{4}-\d{2}-\d{2}$", "2026-11-21", true)]
    [InlineData(@"^\d{4}-\d{2}-\d{2}$", "2026-11-21\n", false)]
    [InlineData(@"^\d{4}-\d{2}-\d{2}$", "٢٠٢٦-11-21", false)]
    [InlineData(@"^\d{4}-\d{2}-\d{2}$", "x2026-11-21", false)]
    [InlineData(@"b", "abc", true)]
    [InlineData(@"^[$]\$$", "$$", true)]
    [InlineData(@"^[\]$]+$", "]$", true)]
    [InlineData(@"a$|b$", "a", true)]
    [InlineData(@"a$|b$", "ax", false)]
    public void IsMatch_Text_IsDecidedAsEcmaScriptDoes(string pattern, string text, bool expected) =>
        Assert.Equal(expected, new TextPattern(pattern).IsMatch(text));

    [Fact]
    public void Constructor_BrokenExpression_Throws() => Assert.ThrowsAny<ArgumentException>(() => new TextPattern("["));
}
