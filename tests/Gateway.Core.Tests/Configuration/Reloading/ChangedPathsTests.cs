using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Reloading;

namespace OpenClaw.Gateway.Core.Tests.Configuration.Reloading;

public sealed class ChangedPathsTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""", "")]
    [InlineData("""{"a":{"b":1,"c":2}}""", """{"a":{"b":1,"c":3}}""", "a.c")]
    [InlineData("{}", """{"hooks":{"token":"x"}}""", "hooks")]
    [InlineData("""{"hooks":{"token":"x"}}""", "{}", "hooks")]
    [InlineData("""{"a":[{"b":1}]}""", """{"a":[{"b":1}]}""", "")]
    [InlineData("""{"a":[{"b":1}]}""", """{"a":[{"b":2}]}""", "a")]
    [InlineData("""{"a":null}""", "{}", "a")]
    [InlineData("""{"meta":{"lastTouchedAt":"x"}}""", """{"meta":{"lastTouchedAt":"y"}}""", "")]
    [InlineData("{}", """{"meta":{"lastTouchedAt":"y"}}""", "")]
    [InlineData("""{"a":{"meta":1}}""", """{"a":{"meta":2}}""", "a.meta")]
    public void Between_NamesWhatDiffers(string before, string after, string paths) =>
        Assert.Equal(paths, string.Join(' ', ChangedPaths.Between(JsonNode.Parse(before)!.AsObject(), JsonNode.Parse(after)!.AsObject())));

    [Theory]
    [InlineData("cron", "cron", true)]
    [InlineData("cron.store", "cron", true)]
    [InlineData("cronies", "cron", false)]
    [InlineData("cron", "cron.store", false)]
    public void IsAtOrBelow_WholeNamesOnly(string path, string section, bool expected) => Assert.Equal(expected, ChangedPaths.IsAtOrBelow(path, section));
}
