using OpenClaw.Gateway.Core.Configuration.Rules;

namespace OpenClaw.Gateway.Core.Tests.Configuration.Rules;

public sealed class ConfigRulesTests
{
    [Theory]
    [InlineData("{ agents: { defaults: { heartbeat: { every: '5q' } } } }", "agents.defaults.heartbeat.every: invalid duration (use ms, s, m, h)")]
    [InlineData("{ channels: { telegram: { dmPolicy: 'open' } } }", "channels.telegram.allowFrom: channels.telegram.dmPolicy=\"open\" requires channels.telegram.allowFrom to include \"*\"")]
    [InlineData("{ channels: { telegram: { webhookUrl: 'https://x' } } }", "channels.telegram.webhookSecret: channels.telegram.webhookUrl requires channels.telegram.webhookSecret")]
    [InlineData("{ tools: { allow: ['a'], alsoAllow: ['b'] } }", "tools: tools cannot set both allow and alsoAllow in the same scope (merge alsoAllow into allow, or remove allow and use profile + alsoAllow)")]
    [InlineData("{ tools: { media: { audio: { models: [{ type: 'cli', command: 'rm -rf /; x' }] } } } }", "tools.media.audio.models.0.command: expected safe executable name or path")]
    [InlineData("{ agents: { list: [{ id: 'a', agentDir: '/x' }, { id: 'b', agentDir: '/x' }] } }", "agents.list: Duplicate agentDir detected (multi-agent config): /x is used by \"a\" and \"b\"; give each agent its own")]
    public async Task Load_DangerousCombination_IsRefused(string text, string issue)
    {
        using var home = new ConfigHome(text);
        var found = Assert.Single((await home.LoadAsync()).Issues);
        Assert.Equal(issue, $"{found.Path}: {found.Message}");
        Assert.Equal(1, found.Line);
    }

    [Theory]
    [InlineData("{ agents: { defaults: { heartbeat: { target: 'bogus' } } } }", "agents.defaults.heartbeat.target: unknown heartbeat target: bogus")]
    [InlineData("{ agents: { list: [{ id: 'a', identity: { avatar: '../x.png' } }] } }", "agents.list.0.identity.avatar: identity.avatar must be a workspace-relative path, http(s) URL, or data URI.")]
    [InlineData("{ session: { mainKey: 'foo' } }", "session.mainKey: session.mainKey is ignored; main session is always \"main\".")]
    [InlineData("{ channels: { bogus: {} } }", "channels.bogus: unknown channel id: bogus")]
    [InlineData("{ channels: { telegram: { blockStreaming: true } } }", "channels.telegram.blockStreaming: channels.telegram.blockStreaming has no effect in this gateway: answers are sent whole; streamMode shows them while they are written.")]
    [InlineData("{ channels: { telegram: { accounts: { a: { network: { autoSelectFamily: true } } } } } }", "channels.telegram.accounts.a.network.autoSelectFamily: channels.telegram.accounts.a.network.autoSelectFamily has no effect in this gateway: IPv4 and IPv6 are always tried side by side.")]
    [InlineData("{ meta: { lastTouchedVersion: '2026.9.6' } }", "meta.lastTouchedVersion: Config was last written by a newer OpenClaw (2026.9.6); current version is 2026.2.9.")]
    public async Task Load_UselessSetting_Warns(string text, string warning)
    {
        using var home = new ConfigHome(text);
        var snapshot = await home.LoadAsync();
        Assert.Empty(snapshot.Issues);
        var found = Assert.Single(snapshot.Warnings);
        Assert.Equal(warning, $"{found.Path}: {found.Message}");
    }

    [Theory]
    [InlineData("{ channels: { telegram: { dmPolicy: 'open', allowFrom: [1, '*'], accounts: { a: { dmPolicy: 'open' } } } } }")]
    [InlineData("{ channels: { telegram: { webhookHost: '127.0.0.1', webhookPort: 8787, accounts: { a: { webhookHost: '::1', webhookPort: 9000 } } } } }")]
    [InlineData("{ channels: { telegram: { blockStreaming: false, streamMode: 'block', draftChunk: { minChars: 10 } } } }")]
    [InlineData("{ channels: { discord: { anything: 1 } }, meta: { lastTouchedVersion: '2026.2.9' } }")]
    [InlineData("{ agents: { defaults: { heartbeat: { every: '0m', target: 'Telegram' } }, list: [{ id: 'a', identity: { avatar: 'a/../b.png' } }] } }")]
    [InlineData("{ tools: { media: { models: [{ type: 'cli', command: '~/bin/whisper' }] } } }")]
    public async Task Load_GoodSetting_SaysNothing(string text)
    {
        using var home = new ConfigHome(text);
        var snapshot = await home.LoadAsync();
        Assert.Empty(snapshot.Issues);
        Assert.Empty(snapshot.Warnings);
    }

    [Theory]
    [InlineData("30m", 1_800_000)]
    [InlineData(" 1.5H ", 5_400_000)]
    [InlineData("250ms", 250)]
    [InlineData("2", 120_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("", null)]
    [InlineData("-1m", null)]
    [InlineData("5q", null)]
    [InlineData("99999999999999999999d", null)]
    public void DurationText_Text_IsRead(string text, int? milliseconds)
    {
        Assert.Equal(milliseconds is not null, DurationText.TryParse(text, TimeSpan.FromMinutes(1), out var duration));
        Assert.Equal(milliseconds ?? 0, duration.TotalMilliseconds);
    }
}
