using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Tests.Configuration;

public sealed class ConfigPathTests
{
    [Theory]
    [InlineData("gateway.port", "gateway|port")]
    [InlineData("agents.list[0].id", "agents|list|0|id")]
    [InlineData("a..b", "a|b")]
    [InlineData(" models.providers[open\\.ai]\\.x.y ", "models|providers|open\\.ai|.x|y")]
    [InlineData("agents.defaults.models.gpt-5\\.2.alias", "agents|defaults|models|gpt-5.2|alias")]
    public void TryParse_Path_IsSplit(string text, string segments)
    {
        Assert.True(ConfigPath.TryParse(text, out var path, out _));
        Assert.Equal(segments, string.Join('|', path.Segments));
    }

    [Theory]
    [InlineData("gateway[", "Invalid path (missing \"]\"): gateway[")]
    [InlineData("a[].b", "Invalid path (empty \"[]\"): a[].b")]
    [InlineData(" . ", "Path is empty.")]
    public void TryParse_BrokenPath_SaysWhy(string text, string error)
    {
        Assert.False(ConfigPath.TryParse(text, out _, out var actual));
        Assert.Equal(error, actual);
    }

    [Theory]
    [InlineData("a.b[1]", true, "2")]
    [InlineData("a.b[2]", false, null)]
    [InlineData("a.n", true, null)]
    [InlineData("a.n.x", false, null)]
    [InlineData("a.b.x", false, null)]
    public void TryFind_Path_GivesTheValue(string text, bool found, string? value)
    {
        Assert.True(ConfigPath.TryParse(text, out var path, out _));
        Assert.Equal(found, path.TryFind(JsonNode.Parse("""{"a":{"b":[1,2],"n":null}}"""), out var actual));
        Assert.Equal(value, actual?.ToJsonString());
    }
}
