using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Configuration.Writing;

namespace OpenClaw.Gateway.Core.Tests.Configuration;

public sealed class ConfigStoreTests
{
    [Fact]
    public async Task Reload_GoodFile_ComesIntoForce()
    {
        using var home = new ConfigHome("{ gateway: { auth: { token: 'one' } } }");
        using var store = await home.OpenAsync();
        var changes = new List<ConfigChangedEventArgs>();
        store.Changed += (_, change) => changes.Add(change);
        home.Write("{ gateway: { auth: { token: 'two' } } }");

        await store.ReloadAsync();
        await store.ReloadAsync();

        var change = Assert.Single(changes);
        Assert.Equal("one", GatewayAuth.Resolve(change.Previous).Token);
        Assert.Equal("two", GatewayAuth.Resolve(store.Current).Token);
    }

    [Fact]
    public async Task Reload_BadFile_KeepsTheLastGoodOne()
    {
        using var home = new ConfigHome("{ gateway: { port: 1 } }");
        using var store = await home.OpenAsync();
        store.Changed += (_, _) => Assert.Fail("A refused file must not be announced.");
        foreach (var bad in (string[])["{", "{ gateway: { port: 'x' } }", ""])
        {
            home.Write(bad);
            Assert.False((await store.ReloadAsync()).Valid);
            Assert.Equal(1, store.Current.Gateway.Port);
            Assert.Equal(bad, home.ConfigText);
        }
    }

    [Fact]
    public async Task Reload_ChangedInclude_IsAChange()
    {
        using var home = new ConfigHome("{ $include: 'gw.json5' }");
        File.WriteAllText(home[".openclaw", "gw.json5"], "{ gateway: { port: 1 } }");
        using var store = await home.OpenAsync();
        File.WriteAllText(home[".openclaw", "gw.json5"], "{ gateway: { port: 2 } }");
        await store.ReloadAsync();
        Assert.Equal(2, store.Current.Gateway.Port);
    }

    [Fact]
    public async Task Write_ThroughTheStore_IsInForceAtOnce()
    {
        using var home = new ConfigHome();
        using var store = await home.OpenAsync();
        await store.WriteAsync(new ConfigEdit.Set(ConfigPath.Of("gateway", "port"), 7));
        Assert.Equal(7, store.Current.Gateway.Port);
        Assert.Equal(ConfigWriteStatus.Invalid, (await store.WriteAsync(new ConfigEdit.Set(ConfigPath.Of("gateway", "port"), "x"))).Status);
        Assert.Equal(7, store.Current.Gateway.Port);
    }

    [Fact]
    public async Task Open_InvalidConfiguration_IsABug()
    {
        using var home = new ConfigHome("{");
        await Assert.ThrowsAsync<ArgumentException>(home.OpenAsync);
    }

    [Fact]
    public async Task ResolveAuth_Precedence_FlagFileVariable()
    {
        using var home = new ConfigHome("{ gateway: { auth: { token: 'file' } } }", new() { ["OPENCLAW_GATEWAY_TOKEN"] = "env", ["CLAWDBOT_GATEWAY_PASSWORD"] = "pw" });
        var snapshot = await home.LoadAsync();
        Assert.Equal("file", GatewayAuth.Resolve(snapshot).Token);
        Assert.Equal("flag", GatewayAuth.Resolve(snapshot, new GatewayAuthFlags(Token: "flag")).Token);
        Assert.Equal(GatewayAuthMode.Password, GatewayAuth.Resolve(snapshot).Mode);
        Assert.Equal("pw", GatewayAuth.Resolve(snapshot).Secret);
        Assert.DoesNotContain("pw", GatewayAuth.Resolve(snapshot).ToString(), StringComparison.Ordinal);
    }
}
