using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Tests.Configuration.Options;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("", "direct", null, true, 4, null)]
    [InlineData("idleMinutes: 30", "direct", null, false, 4, 30)]
    [InlineData("idleMinutes: 30, reset: { atHour: 5 }", "direct", null, true, 5, 30)]
    [InlineData("reset: { mode: 'idle' }", "group", null, false, 4, 60)]
    [InlineData("reset: { mode: 'idle', idleMinutes: 9 }, resetByType: { thread: { mode: 'daily' } }", "thread", null, true, 4, 9)]
    [InlineData("resetByType: { dm: { mode: 'idle', idleMinutes: 3 } }", "direct", null, false, 4, 3)]
    [InlineData("resetByType: { dm: { idleMinutes: 3 }, direct: { atHour: 7 } }", "direct", null, true, 7, null)]
    [InlineData("idleMinutes: 30, resetByType: { direct: { atHour: 7 } }, resetByChannel: { telegram: { atHour: 1 } }", "direct", "Telegram", true, 1, null)]
    public async Task ResetFor_Chat_FollowsTheMostSpecificRule(string session, string type, string? channel, bool daily, int hour, int? idle)
    {
        using var home = new ConfigHome($"{{ session: {{ {session} }} }}");
        Assert.Equal(new SessionResetPolicy(daily, hour, idle), (await home.LoadAsync()).Session.ResetFor(type, channel));
    }

    [Fact]
    public async Task Options_EmptyFile_HaveThePromisedDefaults()
    {
        using var home = new ConfigHome("{}");
        var snapshot = await home.LoadAsync();
        var gateway = snapshot.Gateway;
        Assert.Equal((null, GatewayMode.Unset, GatewayBind.Loopback, TailscaleMode.Off), (gateway.Port, gateway.Mode, gateway.Bind, gateway.Tailscale));
        Assert.Equal(new ReloadOptions(ReloadMode.Hybrid, TimeSpan.FromMilliseconds(300)), gateway.Reload);
        Assert.True(gateway.ControlUi.Enabled);
        Assert.Equal("", gateway.ControlUi.BasePath);
        Assert.Equal(new GatewayTlsOptions(false, true, null, null, null), gateway.Tls);
        Assert.Equal((LogLevel.Information, LogLevel.Information, true), (snapshot.Logging.Level, snapshot.Logging.ConsoleLevel, snapshot.Logging.RedactTools));
        Assert.Equal(("main", 6, 5, true), (snapshot.Session.DmScope, snapshot.Session.TypingIntervalSeconds, snapshot.Session.MaxPingPongTurns, snapshot.Session.SendByDefault));
        Assert.Equal("/new,/reset", string.Join(',', snapshot.Session.ResetTriggers));
    }

    [Fact]
    public async Task Options_FullFile_AreRead()
    {
        using var home = new ConfigHome(
            """
            {
              gateway: {
                port: 5, mode: 'local', bind: 'custom', customBindHost: '10.0.0.1', trustedProxies: ['10.0.0.2'],
                auth: { mode: 'password', password: 'p', allowTailscale: true },
                tailscale: { mode: 'serve', resetOnExit: true },
                controlUi: { basePath: 'ui/', allowedOrigins: ['https://x'] },
                remote: { url: 'wss://h', tlsFingerprint: 'aa' },
                reload: { mode: 'hot', debounceMs: 0 },
                tls: { enabled: true, certPath: '~/c.pem' },
                nodes: { denyCommands: ['camera.snap'] },
              },
              session: { sendPolicy: { default: 'deny', rules: [{ action: 'allow', match: { channel: 'telegram', chatType: 'dm' } }] }, identityLinks: { me: ['a', 'b'] } },
            }
            """);
        var snapshot = await home.LoadAsync();
        Assert.Empty(snapshot.Warnings);
        var gateway = snapshot.Gateway;
        Assert.Equal((GatewayBind.Custom, "10.0.0.1", "/ui"), (gateway.Bind, gateway.CustomBindHost, gateway.ControlUi.BasePath));
        Assert.Equal(new ReloadOptions(ReloadMode.Hot, TimeSpan.Zero), gateway.Reload);
        Assert.Equal(home["c.pem"], gateway.Tls.CertPath);
        Assert.Equal("camera.snap", Assert.Single(gateway.Nodes.DenyCommands));
        Assert.True(GatewayAuth.Resolve(snapshot).AllowTailscale);
        Assert.Equal(new SendPolicyRule(true, "telegram", "direct", null), Assert.Single(snapshot.Session.SendRules));
        Assert.Equal("a,b", string.Join(',', snapshot.Session.IdentityLinks["me"]));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(500, 500)]
    [InlineData(int.MaxValue, 60_000)]
    public async Task Reload_Debounce_IsAMinuteAtMost(int configured, int expected)
    {
        using var home = new ConfigHome($"{{ gateway: {{ reload: {{ debounceMs: {configured} }} }} }}");
        Assert.Equal(TimeSpan.FromMilliseconds(expected), (await home.LoadAsync()).Gateway.Reload.Debounce);
    }
}
