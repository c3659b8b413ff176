using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Agents.Roster;

public sealed class AssistantIdentityTests
{
    [Theory]
    [InlineData("- Name: Ada\n- Emoji: \U0001F99E", "Ada", "\U0001F99E")]
    [InlineData("# Me\r\n- **Name:** Ada\r\n- **Emoji:** \U0001F99E\r\n", "Ada", "\U0001F99E")]
    [InlineData("Name: Ada\nName: Bea", "Bea", null)]
    [InlineData("- Name: _(what you like)_\n- Emoji: \U0001F99E", null, "\U0001F99E")]
    [InlineData("- Name:\n- Emoji:  ", null, null)]
    [InlineData("- Vibe: calm: very\n- NAME: A: B", "A: B", null)]
    public void Parse_Lines_TellsWhatWasWritten(string text, string? name, string? emoji)
    {
        var identity = IdentityFile.Parse(text);
        Assert.Equal((name, emoji), (identity?.Name, identity?.Emoji));
    }

    [Fact]
    public async Task Read_NoFileOrADirectoryInItsPlace_IsNull()
    {
        using var workspace = new TempDirectory();
        Assert.Null(await IdentityFile.ReadAsync(workspace.Path, CancellationToken.None));
        Directory.CreateDirectory(workspace[IdentityFile.Name]);
        Assert.Null(await IdentityFile.ReadAsync(workspace.Path, CancellationToken.None));
    }

    [Fact]
    public void Resolve_Nothing_IsTheDefault() =>
        Assert.Equal(new AssistantIdentity("Assistant", "A", null), AssistantIdentity.Resolve(default, null, null));

    [Fact]
    public void Resolve_EverySource_TheConfigurationWinsOverTheFile()
    {
        var file = new RosterIdentity("File", null, "\U0001F4C4", "https://x/file.png");
        var configured = new RosterIdentity("Configured", null, "\U0001F99E", null);
        Assert.Equal(new AssistantIdentity("File", "https://x/file.png", "\U0001F4C4"), AssistantIdentity.Resolve(default, null, file));
        Assert.Equal(new AssistantIdentity("Configured", "\U0001F99E", "\U0001F99E"), AssistantIdentity.Resolve(default, configured, file));
        var ui = new ConfigSection(new JsonObject { ["ui"] = new JsonObject { ["assistant"] = new JsonObject { ["name"] = new string('n', 60), ["avatar"] = "OC" } } });
        Assert.Equal(new AssistantIdentity(new string('n', 50), "OC", "\U0001F99E"), AssistantIdentity.Resolve(ui, configured, file));
    }

    [Theory]
    [InlineData("pictures/me.png")]
    [InlineData("me.svg")]
    [InlineData("too long")]
    public void Resolve_AvatarThatNothingServes_IsPassedOver(string avatar) =>
        Assert.Equal("\U0001F99E", AssistantIdentity.Resolve(default, new RosterIdentity(null, null, null, avatar), new RosterIdentity(null, null, "\U0001F99E", null)).Avatar);
}
