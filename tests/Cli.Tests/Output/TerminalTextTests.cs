using OpenClaw.Cli.Output;

namespace OpenClaw.Cli.Tests.Output;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain\n\ttext ü 🦞", "plain\n\ttext ü 🦞")]
    [InlineData("\e]0;title\ax\r", "\\x1b]0;title\\x07x\\x0d")]
    [InlineData("\u009b31m", "\\x9b31m")]
    [InlineData("phone \u202egpj.exe\u2066", "phone \\u{202e}gpj.exe\\u{2066}")]
    [InlineData("a\u200bb\ufeff", "a\\u{200b}b\\u{feff}")]
    [InlineData("👩\u200d💻 é", "👩\u200d💻 é")]
    public void Harmless_ControlCharacters_AreShownInsteadOfObeyed(string text, string expected) =>
        Assert.Equal(expected, TerminalText.Harmless(text));

    [Theory]
    [InlineData("one", "one")]
    [InlineData("one\ntwo", "one\\ntwo")]
    [InlineData("one\r\ntwo", "one\\ntwo")]
    [InlineData("one\rtwo", "one\\x0dtwo")]
    public void HarmlessLine_HasNoLineBreaks(string text, string expected) => Assert.Equal(expected, TerminalText.HarmlessLine(text));
}
