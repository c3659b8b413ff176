using OpenClaw.Gateway.Core.Sessions.Keys;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Keys;

public sealed class AgentIdTests
{
    [Theory]
    [InlineData(null, "main")]
    [InlineData("  ", "main")]
    [InlineData("Ops", "ops")]
    [InlineData("my agent!", "my-agent")]
    [InlineData("--x--", "x")]
    [InlineData("a_b-c", "a_b-c")]
    [InlineData("ends-", "ends-")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("..", "main")]
    [InlineData("ä", "main")]
    [InlineData("C:\\temp", "c-temp")]
    public void Normalize_AnyText_GivesAFolderName(string? text, string expected) =>
        Assert.Equal(expected, AgentId.Normalize(text));

    [Fact]
    public void Normalize_LongText_IsCut()
    {
        Assert.Equal(AgentId.MaxLength, AgentId.Normalize(new string('a', 200)).Length);
        Assert.Equal(AgentId.MaxLength, AgentId.Normalize(new string('a', 200) + "/").Length);
    }

    [Fact]
    public void Normalize_Twice_ChangesNothing()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 80)).Select(_ => (char)random.Next(1, 0x250))]);
            var id = AgentId.Normalize(text);
            Assert.Equal(id, AgentId.Normalize(id));
            Assert.Matches("^[a-z0-9_-]{1,64}$", id);
        }
    }
}
