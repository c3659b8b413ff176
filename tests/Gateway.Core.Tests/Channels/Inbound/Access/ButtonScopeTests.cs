using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Channels.Inbound.Access;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound.Access;

public sealed class ButtonScopeTests
{
    [Theory]
    [InlineData("{}", "allowlist")]
    [InlineData("""{"capabilities":{"inlineButtons":"DM"}}""", "dm")]
    [InlineData("""{"capabilities":{"inlineButtons":"sometimes"}}""", "allowlist")]
    [InlineData("""{"capabilities":{}}""", "allowlist")]
    [InlineData("""{"capabilities":["inlineButtons"]}""", "all")]
    [InlineData("""{"capabilities":["polls"]}""", "off")]
    [InlineData("""{"capabilities":7}""", "allowlist")]
    public void Of_ReadsBothForms(string section, string scope) =>
        Assert.Equal(scope, ButtonScope.Of(new ConfigSection((System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(section)!)));

    [Theory]
    [InlineData("off", true, true, false)]
    [InlineData("dm", true, false, true)]
    [InlineData("dm", false, true, false)]
    [InlineData("group", false, false, true)]
    [InlineData("group", true, true, false)]
    [InlineData("all", false, false, true)]
    [InlineData("allowlist", true, true, true)]
    [InlineData("allowlist", false, false, false)]
    public void Allows_ByPlaceAndPerson(string scope, bool isDirect, bool isNamed, bool allowed) =>
        Assert.Equal(allowed, ButtonScope.Allows(scope, isDirect ? ChatType.Direct : ChatType.Group, isNamed));

    /// <summary>Everybody may write in the group, and only those who are named may press.</summary>
    [Fact]
    public async Task Press_InAnOpenGroup_CountsOfThoseWhoAreNamed()
    {
        await using var host = (await InboundHost.StartAsync("allowFrom: [42], groupPolicy: \"open\"")).Answers("done");

        await host.SayAsync(Press("no", sender: "66"));
        await host.SayAsync(Press("yes", sender: "42"));

        Assert.Equal("done", (await host.SentAsync()).Text);
        Assert.Contains("yes", Assert.Single(host.Model.Requests).LastUserText, StringComparison.Ordinal);
        await host.SentNothingAsync();
    }

    [Fact]
    public async Task Press_OfSomebodyUnknown_GetsNoCode()
    {
        await using var host = await InboundHost.StartAsync("dmPolicy: \"pairing\"");

        await host.SayAsync(InboundHost.Direct("yes") with { Kind = InboundKind.Button });

        await host.SentNothingAsync();
    }

    private static InboundMessage Press(string data, string sender) => InboundHost.Group(data, id: data, sender: sender) with { Kind = InboundKind.Button, WasMentioned = true };
}
