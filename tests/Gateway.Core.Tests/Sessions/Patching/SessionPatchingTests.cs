using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Patching;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Patching;

public sealed class SessionPatchingTests : IAsyncLifetime
{
    private readonly SessionsHost _host = new();

    // The texts are the ones clients see and depend on; recorded from the peer.
    [Theory]
    [InlineData("""{"label":" "}""", "invalid label: empty")]
    [InlineData("""{"label":"Taken"}""", "label already in use: Taken")]
    [InlineData("""{"thinkingLevel":"zz"}""", "invalid thinkingLevel (use off|minimal|low|medium|high)")]
    [InlineData("""{"thinkingLevel":"xhigh"}""", "thinkingLevel \"xhigh\" is only supported for openai/gpt-5.2, openai-codex/gpt-5.3-codex, openai-codex/gpt-5.2-codex, openai-codex/gpt-5.1-codex, github-copilot/gpt-5.2-codex or github-copilot/gpt-5.2")]
    [InlineData("""{"verboseLevel":"zz"}""", "invalid verboseLevel (use \"on\"|\"off\")")]
    [InlineData("""{"reasoningLevel":"zz"}""", "invalid reasoningLevel (use \"on\"|\"off\"|\"stream\")")]
    [InlineData("""{"responseUsage":"zz"}""", "invalid responseUsage (use \"off\"|\"tokens\"|\"full\")")]
    [InlineData("""{"elevatedLevel":"zz"}""", "invalid elevatedLevel (use \"on\"|\"off\"|\"ask\"|\"full\")")]
    [InlineData("""{"execHost":"zz"}""", "invalid execHost (use \"sandbox\"|\"gateway\"|\"node\")")]
    [InlineData("""{"execSecurity":"zz"}""", "invalid execSecurity (use \"deny\"|\"allowlist\"|\"full\")")]
    [InlineData("""{"execAsk":"zz"}""", "invalid execAsk (use \"off\"|\"on-miss\"|\"always\")")]
    [InlineData("""{"execNode":" "}""", "invalid execNode: empty")]
    [InlineData("""{"model":" "}""", "invalid model: empty")]
    [InlineData("""{"model":"nope"}""", "invalid model: nope")]
    [InlineData("""{"spawnedBy":"x"}""", "spawnedBy is only supported for subagent:* sessions")]
    [InlineData("""{"spawnedBy":" "}""", "invalid spawnedBy: empty")]
    [InlineData("""{"sendPolicy":"zz"}""", "invalid sendPolicy (use \"allow\"|\"deny\")")]
    [InlineData("""{"groupActivation":"zz"}""", "invalid groupActivation (use \"mention\"|\"always\")")]
    public async Task Patch_BadValue_IsRefusedWithThePeersTextAndChangesNothing(string patch, string expected)
    {
        await _host.StoreAsync("other", e => e.Set("label", "Taken"));
        await _host.StoreAsync("main", e => e.Set("sessionId", "s"));
        var before = File.ReadAllText(_host.StoreFile);

        var refused = await PatchAsync("main", patch);

        Assert.Equal((SessionErrorKind.InvalidRequest, expected), (refused.Error!.Kind, refused.Error.Message));
        Assert.Equal(before, File.ReadAllText(_host.StoreFile));
    }

    [Theory]
    [InlineData("thinkingLevel", "MED", "medium")]
    [InlineData("thinkingLevel", "think-hard", "low")]
    [InlineData("thinkingLevel", "on", "low")]
    [InlineData("thinkingLevel", "ultrathink", "high")]
    [InlineData("thinkingLevel", "off", null)]
    [InlineData("verboseLevel", "off", "off")]
    [InlineData("verboseLevel", "everything", "full")]
    [InlineData("verboseLevel", "1", "on")]
    [InlineData("reasoningLevel", "live", "stream")]
    [InlineData("reasoningLevel", "hidden", null)]
    [InlineData("responseUsage", "on", "tokens")]
    [InlineData("responseUsage", "off", null)]
    [InlineData("elevatedLevel", "off", "off")]
    [InlineData("elevatedLevel", "auto-approve", "full")]
    [InlineData("execHost", "Gateway", "gateway")]
    [InlineData("execAsk", "on-miss", "on-miss")]
    [InlineData("execNode", " n1 ", "n1")]
    [InlineData("sendPolicy", "deny", "deny")]
    [InlineData("groupActivation", "mention", "mention")]
    [InlineData("label", " Mine ", "Mine")]
    public async Task Patch_Value_IsStoredInItsOneSpellingAndClearedByNull(string field, string text, string? stored)
    {
        var entry = (await PatchAsync("main", $$"""{"{{field}}":"{{text}}"}""")).Value!.Entry;
        Assert.Equal(stored, entry.Text(field));
        Assert.Equal(stored is null, entry[field].IsMissing);

        entry = (await PatchAsync("main", $$"""{"{{field}}":null}""")).Value!.Entry;
        Assert.True(entry[field].IsMissing);
    }

    [Fact]
    public async Task Patch_UnknownSession_CreatesIt()
    {
        var result = (await PatchAsync("Fresh", """{"key":"Fresh","label":"Fresh"}""")).Value!;

        Assert.Equal(("agent:main:Fresh", _host.StoreFile), (result.Key, result.Path));
        Assert.Equal(["sessionId", "updatedAt", "label"], result.Entry.Fields.Select(f => f.Name));
        Assert.True(Guid.TryParse(result.Entry.SessionId, out _));
        Assert.Equal(new ModelRef("anthropic", "claude-opus-4-6"), result.Model);
        Assert.Equal("key required", (await PatchAsync(" ", "{}")).Error!.Message);
    }

    [Fact]
    public async Task Patch_Model_IsAnOverrideUnlessItIsTheDefault()
    {
        await _host.StoreAsync("main", e => e.Set("authProfileOverride", "p").Set("authProfileOverrideSource", "user").Set("authProfileOverrideCompactionCount", 2));

        var changed = (await PatchAsync("main", """{"model":"fake/f/2"}""")).Value!;
        Assert.Equal(("fake", "f/2"), (changed.Entry.ProviderOverride, changed.Entry.ModelOverride));
        Assert.Equal(new ModelRef("fake", "f/2"), changed.Model);
        Assert.DoesNotContain(changed.Entry.Fields, f => f.Name.StartsWith("authProfile", StringComparison.Ordinal));

        var back = (await PatchAsync("main", """{"model":"anthropic/claude-opus-4-6"}""")).Value!;
        Assert.Null(back.Entry.ModelOverride);
        await PatchAsync("main", """{"model":"fake/f"}""");
        Assert.Null((await PatchAsync("main", """{"model":null}""")).Value!.Entry.ProviderOverride);
    }

    [Fact]
    public async Task Patch_CatalogCannotBeRead_SaysTryAgain()
    {
        _host.Models.Choose = static _ => new ModelChoice(null, "model catalog unavailable", IsUnavailable: true);

        var refused = await PatchAsync("main", """{"model":"a/b"}""");

        Assert.Equal((SessionErrorKind.Unavailable, "model catalog unavailable"), (refused.Error!.Kind, refused.Error.Message));
    }

    [Fact]
    public async Task Patch_ExtraHighThinking_FollowsTheModel()
    {
        _host.Models.Default = new ModelRef("openai", "gpt-5.2");
        Assert.Equal("xhigh", (await PatchAsync("main", """{"thinkingLevel":"extra-high"}""")).Value!.Entry.ThinkingLevel);
        Assert.Equal("invalid thinkingLevel (use off|minimal|low|medium|high|xhigh)", (await PatchAsync("main", """{"thinkingLevel":"zz"}""")).Error!.Message);

        Assert.Equal("high", (await PatchAsync("main", """{"model":"fake/f"}""")).Value!.Entry.ThinkingLevel);
    }

    [Fact]
    public async Task Patch_SpawnedBy_IsSetOnce()
    {
        Assert.Equal("main", (await PatchAsync("subagent:abc", """{"spawnedBy":" main "}""")).Value!.Entry.SpawnedBy);
        Assert.Null((await PatchAsync("subagent:abc", """{"spawnedBy":"main"}""")).Error);
        Assert.Equal("spawnedBy cannot be changed once set", (await PatchAsync("subagent:abc", """{"spawnedBy":"other"}""")).Error!.Message);
        Assert.Equal("spawnedBy cannot be cleared once set", (await PatchAsync("subagent:abc", """{"spawnedBy":null}""")).Error!.Message);
        Assert.Null((await PatchAsync("main", """{"spawnedBy":null}""")).Error);
    }

    [Fact]
    public async Task Patch_SameLabelTwiceAtOnce_OnlyOneGetsIt()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => PatchAsync("k" + i, """{"label":"Same"}""")));

        Assert.Single(outcomes, o => o.Error is null);
        Assert.Single((await _host.Stores.ReadAsync("main", CancellationToken.None)).Entries);
    }

    [Fact]
    public void LevelsOf_BinaryProvider_AreOffAndOn() => Assert.Equal("off|on", ExtraHighThinking.LevelsOf(new ModelRef("z.ai", "glm")));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    private Task<SessionOutcome<PatchedSession>> PatchAsync(string key, string patch) =>
        new SessionPatching(_host.Stores, _host.Models, _host.Time).PatchAsync(key, SessionPatch.From(JsonDocument.Parse(patch).RootElement), CancellationToken.None);
}
