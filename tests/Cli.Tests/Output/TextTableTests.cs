using OpenClaw.Cli.Output;

namespace OpenClaw.Cli.Tests.Output;

public sealed class TextTableTests
{
    [Fact]
    public void ToString_ShortTexts_IsAsWideAsTheyAre()
    {
        var table = new TextTable(80, "Item", "Value").Add("OS", "linux").Add("Gateway", "ok");

        Assert.Equal(
            """
            ┌─────────┬───────┐
            │ Item    │ Value │
            ├─────────┼───────┤
            │ OS      │ linux │
            │ Gateway │ ok    │
            └─────────┴───────┘

            """,
            table.ToString());
    }

    [Theory]
    [InlineData("one two three four five six seven eight nine ten eleven twelve")]
    [InlineData("/a/path/without/any/blank/that/is/much/longer/than/the/column/it/stands/in")]
    public void ToString_LongText_RunsOnInTheNextLine(string text)
    {
        var drawn = new TextTable(40, "Item", "Value").Add("Key", text).ToString();

        Assert.All(drawn.Split('\n'), line => Assert.True(line.Length <= 40, line));
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(drawn.Split('\n').Skip(3).SkipLast(2).Select(line => line.Split('│')[2].Replace(" ", "", StringComparison.Ordinal))));
    }

    [Fact]
    public void ToString_ControlCharacters_DoNotReachTheTerminal() =>
        Assert.DoesNotContain('\e', new TextTable(80, "Key").Add("\e[2Jboo").ToString());
}
