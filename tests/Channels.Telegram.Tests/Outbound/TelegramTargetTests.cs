using OpenClaw.Channels.Telegram.Outbound;

namespace OpenClaw.Channels.Telegram.Tests.Outbound;

/// <summary>What people write for a receiver.</summary>
public sealed class TelegramTargetTests
{
    [Theory]
    [InlineData("123", "123", null)]
    [InlineData(" -1001234 ", "-1001234", null)]
    [InlineData("@name", "@name", null)]
    [InlineData("somename", "@somename", null)]
    [InlineData("t.me/name", "@name", null)]
    [InlineData("https://t.me/name", "@name", null)]
    [InlineData("telegram:123", "123", null)]
    [InlineData("tg:@name", "@name", null)]
    [InlineData("telegram:group:-1001234", "-1001234", null)]
    [InlineData("telegram:group:-1001234:topic:77", "-1001234", 77L)]
    [InlineData("-1001234:77", "-1001234", 77L)]
    public void Parse_KnownForms(string text, string chat, long? thread) => Assert.Equal(new TelegramTarget(chat, thread), TelegramTarget.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("two words")]
    [InlineData("https://e.org/name")]
    [InlineData("@")]
    [InlineData("12345678901234567890")]
    public void Parse_AnythingElse_IsNothing(string text) => Assert.Null(TelegramTarget.Parse(text));

    [Fact]
    public void Parse_TopicBesideIt_CountsMore()
    {
        Assert.Equal(new TelegramTarget("-1", 5), TelegramTarget.Parse("-1:topic:4", "5"));
        Assert.Null(TelegramTarget.Parse("-1", "five"));
    }

    [Theory]
    [InlineData("-1001", 1L, null)]
    [InlineData("-1001", 2L, 2L)]
    [InlineData("42", 1L, 1L)]
    public void SendThreadId_OfGeneral_IsNone(string chat, long thread, long? expected) => Assert.Equal(expected, new TelegramTarget(chat, thread).SendThreadId);
}
