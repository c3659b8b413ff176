using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Legacy;
using OpenClaw.Gateway.Core.Configuration.Writing;

namespace OpenClaw.Gateway.Core.Tests.Configuration.Legacy;

public sealed class LegacyKeysTests
{
    [Theory]
    [InlineData("{ whatsapp: { dmPolicy: 'disabled' } }", "channels.whatsapp.dmPolicy", "\"disabled\"", "whatsapp")]
    [InlineData("{ whatsapp: { mediaMaxMb: 9 }, channels: { whatsapp: { mediaMaxMb: 5 } } }", "channels.whatsapp.mediaMaxMb", "5", "whatsapp")]
    [InlineData("{ telegram: { requireMention: true } }", "channels.telegram.groups.*.requireMention", "true", "telegram,channels.telegram.requireMention")]
    [InlineData("{ gateway: { token: 'old', auth: { token: 'new' } } }", "gateway.auth.token", "\"new\"", "gateway.token")]
    [InlineData("{ tools: { bash: { node: 'n' } } }", "tools.exec.node", "\"n\"", "tools.bash")]
    [InlineData("{ messages: { tts: { enabled: true } } }", "messages.tts.auto", "\"always\"", "messages.tts.enabled")]
    [InlineData("{ messages: { queue: { byProvider: { telegram: 'steer' } } } }", "messages.queue.byChannel.telegram", "\"steer\"", "messages.queue.byProvider")]
    [InlineData("{ routing: { allowFrom: ['+1'] }, channels: { whatsapp: {} } }", "channels.whatsapp.allowFrom", "[\"+1\"]", "routing.allowFrom")]
    [InlineData("{ routing: { queue: { cap: 3 }, groupChat: { mentionPatterns: ['x'] } } }", "messages.groupChat.mentionPatterns", "[\"x\"]", "routing.queue,routing.groupChat.mentionPatterns")]
    [InlineData("{ routing: { groupChat: { requireMention: false } }, telegram: {} }", "channels.telegram.groups.*.requireMention", "false", "telegram,routing.groupChat.requireMention")]
    [InlineData("{ routing: { agents: { a: { name: 'A', mentionPatterns: ['@a'] } }, defaultAgentId: 'a' } }", "agents.list.0", """{"id":"a","groupChat":{"mentionPatterns":["@a"]},"name":"A","default":true}""", "routing.agents,routing.defaultAgentId")]
    [InlineData("{ routing: { transcribeAudio: { command: ['/usr/bin/whisper', '--x'], timeoutSeconds: 9 } } }", "tools.media.audio.models.0", """{"command":"/usr/bin/whisper","type":"cli","args":["--x"],"timeoutSeconds":9}""", "routing.transcribeAudio")]
    [InlineData("{ identity: { name: 'Molty' } }", "agents.list.0", """{"id":"main","identity":{"name":"Molty"}}""", "identity")]
    [InlineData("{ agent: { model: 'a/b', modelFallbacks: ['c/d'], timeoutSeconds: 7, bash: { timeoutSec: 3 } } }", "agents.defaults.model", """{"primary":"a/b","fallbacks":["c/d"]}""", "agent.modelFallbacks,agent.model,agent.bash,agent")]
    [InlineData("{ agent: { allowedModels: ['a/b'], modelAliases: { quick: 'a/b' } } }", "agents.defaults.models", """{"a/b":{"alias":"quick"}}""", "agent.allowedModels,agent.modelAliases,agent")]
    [InlineData("{ bindings: [{ agentId: 'x', match: { provider: 'telegram', accountID: '1' } }] }", "bindings.0.match", """{"channel":"telegram","accountId":"1"}""", "bindings.0.match.provider,bindings.0.match.accountID")]
    public async Task Load_OldKey_IsReadUnderItsNewName(string text, string path, string value, string reported)
    {
        using var home = new ConfigHome(text);
        var snapshot = await home.LoadAsync();
        Assert.Empty(snapshot.Issues);
        Assert.Empty(snapshot.Warnings);
        Assert.Equal(reported, string.Join(',', snapshot.LegacyIssues.Select(issue => issue.Path)));
        Assert.All(snapshot.LegacyIssues, issue => Assert.EndsWith("(auto-migrated on load).", issue.Message, StringComparison.Ordinal));
        var actual = path.Split('.').Aggregate((JsonNode?)snapshot.Config, (node, key) => node is JsonArray list ? list[int.Parse(key)] : node?[key]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(value), actual), actual?.ToJsonString());
        Assert.Equal(text, home.ConfigText);
    }

    [Fact]
    public async Task Load_WrongValueUnderAnOldKey_NamesTheLineItIsOn()
    {
        using var home = new ConfigHome("{\n  telegram: {\n    botToken: 5 } }");
        var issue = Assert.Single((await home.LoadAsync()).Issues);
        Assert.Equal(("channels.telegram.botToken", 3), (issue.Path, issue.Line));
    }

    [Fact]
    public async Task Migration_OldFile_RenamesKeysAndKeepsEverythingElse()
    {
        using var home = new ConfigHome("{\n  // token\n  gateway: { token: '${GTOK}', port: 5 },\n  future: 1, // keep\n}", new() { ["GTOK"] = "x" });
        using var store = await home.OpenAsync();
        var result = await store.WriteAsync(new ConfigWriteRequest(LegacyMigration.EditsFor(store.Current)));
        Assert.True(result.Succeeded, result.Error);
        Assert.StartsWith("{\n  // token\n  gateway: { port: 5, auth: {", home.ConfigText, StringComparison.Ordinal);
        Assert.Contains("\"${GTOK}\"", home.ConfigText, StringComparison.Ordinal);
        Assert.Contains("future: 1, // keep", home.ConfigText, StringComparison.Ordinal);
        Assert.Empty(store.Current.LegacyIssues);
        Assert.Empty(LegacyMigration.EditsFor(store.Current));
    }
}
