using System.Text;
using OpenClaw.Gateway.Protocol.Json;

namespace OpenClaw.Gateway.Protocol.Tests.Json;

public sealed class WellFormedJsonTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{\"a\":\"b\"}")]
    [InlineData(@"""\ud83e\udd9e""")]
    [InlineData(@"""\uD83E\uDD9E\uDBFF\uDFFF\uD800\uDC00""")]
    [InlineData(@"""\\ud83e""")]
    [InlineData(@"""\\\\udc00""")]
    [InlineData(@"""\u00e9\n\ue000\ud7ff""")]
    [InlineData(@"""\ud83")]
    [InlineData(@"""\")]
    [InlineData(@"""\ud8zz""")]
    [InlineData("🦞 Grüße")]
    public void Of_WellFormedText_IsTheSameMemory(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json).AsMemory();

        Assert.True(WellFormedJson.Of(bytes).Equals(bytes));
    }

    [Theory]
    [InlineData(@"""\ud83e""", @"""\ufffd""")]
    [InlineData(@"""\udd9e""", @"""\ufffd""")]
    [InlineData(@"""\udd9e\ud83e""", @"""\ufffd\ufffd""")]
    [InlineData(@"""\ud83e\ud83e\udd9e""", @"""\ufffd\ud83e\udd9e""")]
    [InlineData(@"""\ud83e\udd9e\udd9e""", @"""\ud83e\udd9e\ufffd""")]
    [InlineData(@"""\\\ud83e""", @"""\\\ufffd""")]
    [InlineData(@"""\ud83e\n\udd9e""", @"""\ufffd\n\ufffd""")]
    [InlineData(@"""\uDBFF\u0041""", @"""\ufffd\u0041""")]
    [InlineData(@"\ud83e", @"\ufffd")]
    public void Of_UnpairedSurrogate_IsReplacedInPlace(string json, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(json);

        Assert.Equal(expected, Encoding.UTF8.GetString(WellFormedJson.Of(bytes).Span));
        Assert.Equal(json, Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void Of_BytesThatAreNotUtf8_AreReplacedAsDecodersDo() =>
        Assert.Equal("a\uFFFDb\uFFFD\uFFFD\uFFFD", Encoding.UTF8.GetString(WellFormedJson.Of(new byte[] { 0x61, 0xFF, 0x62, 0xED, 0xA0, 0x80 }).Span));
}
