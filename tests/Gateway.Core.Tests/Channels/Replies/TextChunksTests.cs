using OpenClaw.Gateway.Core.Channels.Replies;

namespace OpenClaw.Gateway.Core.Tests.Channels.Replies;

public sealed class TextChunksTests
{
    private const int Limit = 80;

    [Theory]
    [InlineData("short", new[] { "short" })]
    [InlineData("  \n ", new string[0])]
    public void Of_ShortText_IsOneChunkOrNone(string text, string[] expected) => Assert.Equal(expected, TextChunks.Of(text, Limit, ChunkMode.Length));

    [Fact]
    public void Of_Lines_AreCutAtTheLastOneThatFits()
    {
        var line = new string('a', 30);
        Assert.Equal([$"{line}\n{line}", line], TextChunks.Of($"{line}\n{line}\n{line}", Limit, ChunkMode.Length));
    }

    [Fact]
    public void Of_Words_AreCutAtABlankOutsideOfParentheses()
    {
        var text = new string('a', 40) + " (" + new string('b', 20) + " " + new string('c', 30) + ")";
        Assert.Equal([new string('a', 40), "(" + new string('b', 20) + " " + new string('c', 30) + ")"], TextChunks.Of(text, Limit, ChunkMode.Length));
    }

    [Fact]
    public void Of_NewlineMode_MakesAMessageOfEachParagraph() =>
        Assert.Equal(["one\ntwo", "three", "```\na\n\nb\n```"], TextChunks.Of("one\ntwo\n\nthree\n\n\n```\na\n\nb\n```", Limit, ChunkMode.Newline));

    [Fact]
    public void Of_LongCode_IsClosedAndOpenedAgain()
    {
        var code = string.Join('\n', Enumerable.Range(0, 40).Select(i => $"line {i}"));

        var chunks = TextChunks.Of($"```cs\n{code}\n```", Limit, ChunkMode.Length);

        Assert.All(chunks, chunk => Assert.StartsWith("```cs\n", chunk, StringComparison.Ordinal));
        Assert.All(chunks, chunk => Assert.EndsWith("\n```", chunk, StringComparison.Ordinal));
        Assert.Equal(code.Split('\n'), chunks.SelectMany(chunk => chunk.Split('\n')[1..^1]));
    }

    [Fact]
    public void Of_AnyText_KeepsItsWordsItsLimitAndItsCharacters()
    {
        var random = new Random(20261121);
        string[] pieces = ["word", " ", "\n", "\n\n", "(", ")", "😀", "\n```js\n", "\n```\n", new string('x', 90), "e\u0301", "—"];
        for (var round = 0; round < 3000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => pieces[random.Next(pieces.Length)]));
            var mode = random.Next(2) == 0 ? ChunkMode.Length : ChunkMode.Newline;

            var chunks = TextChunks.Of(text, Limit, mode);

            Assert.All(chunks, chunk => Assert.True(chunk.Length <= Limit + 12, $"{chunk.Length}: {chunk}"));
            Assert.All(chunks, chunk => Assert.False(char.IsLowSurrogate(chunk[0]) || char.IsHighSurrogate(chunk[^1]), chunk));
            // Fences and white space come and go; everything else stays, in its order.
            Assert.Equal(Bare(text), Bare(string.Concat(chunks)));
        }

        static string Bare(string text) => string.Concat(text.Replace("```js", "", StringComparison.Ordinal).Replace("```", "", StringComparison.Ordinal).Where(c => !char.IsWhiteSpace(c)));
    }
}
