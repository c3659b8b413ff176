using OpenClaw.Gateway.Core.Auditing;

namespace OpenClaw.Gateway.Core.Tests.Auditing;

public sealed class AuditTextTests
{
    [Theory]
    [InlineData("x\n2026 [audit] forged\r", "x\\n2026 [audit] forged\\u{d}")]
    [InlineData("a\u2028b\u202ec", "a\\u{2028}b\\u{202e}c")]
    [InlineData(null, null)]
    public void Of_LinesAndTurnedText_AreEscaped(string? text, string? shown) => Assert.Equal(shown, AuditText.Of(text));

    [Fact]
    public void Of_LongText_IsCut() => Assert.Equal(201, AuditText.Of(new string('x', 100_000)).Length);

    [Fact]
    public void Of_List_DoesNotLetAnItemLookLikeTwo() => Assert.Equal("a\\u{2c}operator.admin,b", AuditText.Of(["a,operator.admin", "b"]));

    [Fact]
    public void OfDeviceId_WhatIsNoId_IsNotRepeated()
    {
        Assert.Equal(new string('a', 64), AuditText.OfDeviceId(new string('a', 64)));
        Assert.Equal("not an id", AuditText.OfDeviceId("x\nforged"));
        Assert.Null(AuditText.OfDeviceId(null));
    }

    [Fact]
    public void Actor_NameOfAClient_StaysOnOneLine() => Assert.DoesNotContain('\n', new AuditActor("a\nb", null, null, "1\n2").ToString());
}
