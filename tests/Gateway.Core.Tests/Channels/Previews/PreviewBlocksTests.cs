using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Channels.Previews;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Tests.Channels.Previews;

/// <summary>What <c>streamMode</c> and <c>draftChunk</c> make of a text that grows.</summary>
public sealed class PreviewBlocksTests
{
    [Theory]
    [InlineData("One. Two.", 10, 20, "Paragraph", "")]
    [InlineData("One line.\n\nTwo lines.\nThree", 5, 40, "Paragraph", "One line.|\n\nTwo lines.")]
    [InlineData("one line\ntwo lines\nthr", 5, 40, "Newline", "one line\ntwo lines")]
    [InlineData("one two three", 5, 40, "Newline", "")]
    [InlineData("One is here. Two are", 5, 40, "Sentence", "One is here.")]
    [InlineData("one two three", 5, 40, "Paragraph", "one two")]
    [InlineData("abcdefghijklmnop", 5, 10, "Paragraph", "abcdefghij")]
    [InlineData("abcdefghi😀klmnop", 5, 10, "Paragraph", "abcdefghi")]
    public void EndOf_GrowingText_EndsWhereABlockEnds(string text, int min, int max, string at, string blocks)
    {
        var options = new PreviewOptions(4000) { InBlocks = true, MinBlock = min, MaxBlock = max, Break = Enum.Parse<BlockBreak>(at) };

        Assert.Equal(blocks.Replace("|", "", StringComparison.Ordinal), text[..PreviewBlocks.EndOf(text, 0, options)]);
    }

    [Fact]
    public void EndOf_EveryPrefix_NeverGoesBack()
    {
        var text = string.Join("\n\n", Enumerable.Range(0, 40).Select(static i => $"Paragraph {i} has some words. And a second sentence."));
        var options = new PreviewOptions(4000) { InBlocks = true, MinBlock = 30, MaxBlock = 120 };
        var end = 0;
        for (var length = 0; length <= text.Length; length++)
        {
            var next = PreviewBlocks.EndOf(text.AsSpan(0, length), end, options);
            Assert.InRange(next, end, length);
            // What is not shown yet is less than the largest block.
            Assert.True(length - next < options.MaxBlock);
            end = next;
        }
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("{\"streamMode\":\"off\"}", null)]
    [InlineData("{\"streamMode\":\"partial\"}", "4000 False 200 800 Paragraph")]
    [InlineData("{\"streamMode\":\"Block\",\"textChunkLimit\":9000}", "4096 True 200 800 Paragraph")]
    [InlineData("{\"streamMode\":\"block\",\"textChunkLimit\":500,\"draftChunk\":{\"minChars\":600,\"breakPreference\":\"newline\"}}", "500 True 500 500 Newline")]
    [InlineData("{\"streamMode\":\"block\",\"draftChunk\":{\"minChars\":10,\"maxChars\":90,\"breakPreference\":\"sentence\"}}", "4000 True 10 90 Sentence")]
    public void Of_Settings_AreThePeers(string section, string? expected)
    {
        var options = PreviewOptions.Of(new ConfigSection(JsonNode.Parse(section)!.AsObject()));

        Assert.Equal(expected, options is null ? null : $"{options.MaxLength} {options.InBlocks} {options.MinBlock} {options.MaxBlock} {options.Break}");
    }
}
