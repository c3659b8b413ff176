using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Redaction;
using OpenClaw.Gateway.Core.Configuration.Writing;

namespace OpenClaw.Gateway.Core.Tests.Configuration.Redaction;

public sealed class ConfigRedactionTests
{
    private const string M = ConfigRedaction.Marker;

    [Fact]
    public void Redact_Values_HidesSecretsAndShowsCounts()
    {
        var redacted = ConfigRedaction.Redact(JsonNode.Parse(
            """{"gateway":{"auth":{"token":"t","password":"","mode":"token"}},"models":[{"apiKey":"k","maxTokens":5,"headers":{"Authorization":"Bearer x"}}],"botToken":7,"x":{"secrets":{"a":1}},"ref":{"token":"${A_B}"}}"""));
        Assert.Equal(
            $$$"""{"gateway":{"auth":{"token":"{{{M}}}","password":"","mode":"token"}},"models":[{"apiKey":"{{{M}}}","maxTokens":5,"headers":{"Authorization":"{{{M}}}"}}],"botToken":"{{{M}}}","x":{"secrets":"{{{M}}}"},"ref":{"token":"${A_B}"}}""",
            redacted!.ToJsonString());
    }

    [Fact]
    public async Task RedactRaw_Text_HidesSecretsWhereverTheyStand()
    {
        using var home = new ConfigHome(
            """
            { // the token is hunter22
              gateway: { auth: { token: 'hunter22', password: "${PW}" }, remote: { url: 'wss://h/?t=hunter22' } },
              env: { vars: { OPENAI_API_KEY: "sk-1" } },
            }
            """, new() { ["PW"] = "from-env" });
        var raw = ConfigRedaction.RedactRaw(await home.LoadAsync());
        Assert.Equal(
            $$$"""
            { // the token is {{{M}}}
              gateway: { auth: { token: "{{{M}}}", password: "${PW}" }, remote: { url: 'wss://h/?t={{{M}}}' } },
              env: { vars: { OPENAI_API_KEY: "{{{M}}}" } },
            }
            """, raw);
    }

    [Fact]
    public async Task RedactRaw_UnreadableText_StillHidesSecrets()
    {
        using var home = new ConfigHome("{ gateway: { auth: { token: 'hunter22', \"password\": \"p w\n }, apiKey: bare, port: 5");
        var raw = ConfigRedaction.RedactRaw(await home.LoadAsync());
        Assert.Equal($"{{ gateway: {{ auth: {{ token: \"{M}\", \"password\": \"{M}\"\n }}, apiKey: \"{M}\", port: 5", raw);
    }

    [Fact]
    public async Task Save_WhatWasShown_KeepsEverySecretAndReference()
    {
        const string text =
            """
            {
              gateway: { auth: { token: 'hunter22', password: '${PW}' }, remote: { url: 'wss://h/?t=hunter22' } }, // note
              tools: { media: { models: [{ name: 'b', provider: 'x' }] } },
            }
            """;
        using var home = new ConfigHome(text, new() { ["PW"] = "from-env" });
        using var store = await home.OpenAsync();
        var shown = ConfigRedaction.RedactRaw(store.Current)!.Replace("// note", "// changed", StringComparison.Ordinal);

        var result = await store.WriteAsync(new ConfigEdit.Replace(shown));

        Assert.True(result.Succeeded, result.Error);
        Assert.Contains("auth: { token: 'hunter22', password: '${PW}' }, remote: { url: 'wss://h/?t=hunter22' } }, // changed", home.ConfigText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_TheEffectiveConfigurationAsShown_KeepsIncludedSecretsWhereTheyAre()
    {
        using var home = new ConfigHome("{ $include: 'auth.json5', gateway: { mode: 'local', auth: { password: 'pw-here' } } }");
        File.WriteAllText(home[".openclaw", "auth.json5"], "{ gateway: { auth: { token: 'included' } } }");
        using var store = await home.OpenAsync();
        var shown = ConfigRedaction.Redact(store.Current.Config)!.AsObject();
        shown["$include"] = "auth.json5";

        var result = await store.WriteAsync(new ConfigEdit.Replace(shown.ToJsonString()));

        Assert.True(result.Succeeded, result.Error);
        Assert.DoesNotContain("included", home.ConfigText, StringComparison.Ordinal);
        Assert.DoesNotContain(M, home.ConfigText, StringComparison.Ordinal);
        Assert.Equal("included", store.Current.Gateway.Auth.Token);
        Assert.Equal("pw-here", store.Current.Gateway.Auth.Password);
    }

    [Fact]
    public async Task Save_MarkerWithoutAnOriginal_IsRefused()
    {
        const string text = "{ gateway: { mode: 'local' } }";
        using var home = new ConfigHome(text);
        using var store = await home.OpenAsync();
        var result = await store.WriteAsync(new ConfigEdit.Replace($$"""{ gateway: { auth: { token: "{{M}}" } } }"""));
        Assert.Equal(ConfigWriteStatus.Refused, result.Status);
        Assert.Equal($"config write rejected: \"token\" is redacted; set an explicit value instead of {M}", result.Error);
        Assert.Equal(text, home.ConfigText);
    }

    [Fact]
    public async Task Save_ListWithAnItemRemoved_GivesNoItemTheSecretOfAnother()
    {
        using var home = new ConfigHome("{ x: [{ id: 'a', token: 'token-of-a' }, { id: 'b', token: 'token-of-b' }], y: [{ token: 'one' }, { token: 'two' }] }");
        using var store = await home.OpenAsync();

        var named = await store.WriteAsync(new ConfigEdit.Merge(JsonNode.Parse($$"""{ "x": [{ "id": "b", "token": "{{M}}" }] }""")!.AsObject()));
        Assert.True(named.Succeeded, named.Error);
        Assert.Equal("token-of-b", (string?)store.Current.Config["x"]![0]!["token"]);

        var unnamed = await store.WriteAsync(new ConfigEdit.Merge(JsonNode.Parse($$"""{ "y": [{ "token": "{{M}}" }] }""")!.AsObject()));
        Assert.Equal(ConfigWriteStatus.Refused, unnamed.Status);
    }
}
