using OpenClaw.Cli.Output;

namespace OpenClaw.Cli.Tests.Output;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain\n\ttext ü 🦞", "plain\n\ttext ü 🦞")]
    [InlineData("\e]0;title\ax\r", "\\x1b]0;title\\x07x\\x0d")]
    [InlineData("\u009b31m", "\\x9b31m")]
    public void Harmless_ControlCharacters_AreShownInsteadOfObeyed(string text, string expected) =>
        Assert.Equal(expected, TerminalText.Harmless(text));
}
