using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Processes;
using OpenClaw.Gateway.Core.Tests.Configuration;

namespace OpenClaw.Gateway.Core.Tests.Processes;

public sealed class StartGuardTests
{
    [Theory]
    [InlineData(null, "Missing config. Run `openclaw setup` or set gateway.mode=local (or pass --allow-unconfigured).")]
    [InlineData("{}", "Gateway start blocked: set gateway.mode=local (current: unset) or pass --allow-unconfigured.")]
    [InlineData("{ gateway: { mode: 'remote' } }", "Gateway start blocked: set gateway.mode=local (current: remote) or pass --allow-unconfigured.")]
    [InlineData("{ gateway: { mode: 'local' } }", "Gateway auth is set to token, but no token is configured.|Set gateway.auth.token (or OPENCLAW_GATEWAY_TOKEN), or pass --token.")]
    [InlineData("{ gateway: { mode: 'local', auth: { token: ' ' } } }", "Gateway auth is set to token, but no token is configured.|Set gateway.auth.token (or OPENCLAW_GATEWAY_TOKEN), or pass --token.")]
    [InlineData("{ gateway: { mode: 'local', remote: { token: 'x' } } }", "Gateway auth is set to token, but no token is configured.|Set gateway.auth.token (or OPENCLAW_GATEWAY_TOKEN), or pass --token.|\"gateway.remote.token\" is for remote CLI calls; it does not enable local gateway auth.")]
    [InlineData("{ gateway: { mode: 'local', auth: { mode: 'password', token: 't' } } }", "Gateway auth is set to password, but no password is configured.|Set gateway.auth.password (or OPENCLAW_GATEWAY_PASSWORD), or pass --password.")]
    [InlineData("{ gateway: { mode: 'local', bind: 'lan', tailscale: { mode: 'serve' } } }", "Refusing to bind gateway to lan without auth.|Set gateway.auth.token/password (or OPENCLAW_GATEWAY_TOKEN/OPENCLAW_GATEWAY_PASSWORD) or pass --token/--password.")]
    [InlineData("{ gateway: { mode: 'local', auth: { token: 't' }, tailscale: { mode: 'funnel' } } }", "Gateway failed to start: Error: tailscale funnel requires gateway auth mode=password (set gateway.auth.password or OPENCLAW_GATEWAY_PASSWORD)")]
    [InlineData("{ gateway: { mode: 'local', bind: 'lan', auth: { token: 't' }, tailscale: { mode: 'serve' } } }", "Gateway failed to start: Error: tailscale serve/funnel requires gateway bind=loopback (127.0.0.1)")]
    [InlineData("{ gateway: { mode: 'local', auth: { token: 't' } }, hooks: { enabled: true } }", "Gateway failed to start: Error: hooks.enabled requires hooks.token")]
    [InlineData("{ gateway: { mode: 'local', auth: { token: 't' } } }", null)]
    [InlineData("{ gateway: { mode: 'local', tailscale: { mode: 'serve' } } }", null)]
    [InlineData("{ gateway: { mode: 'local', token: 'old' }, future: 1 }", null)]
    public async Task Check_Configuration_StartsOrSaysWhyNot(string? config, string? lines)
    {
        using var home = new ConfigHome(config);
        var refusal = StartGuard.Check(await home.LoadAsync(), new GatewayStartFlags(), home.Environment);
        Assert.Equal(lines, refusal is null ? null : string.Join('|', refusal.Lines));
    }

    [Fact]
    public async Task Check_BrokenFile_NamesFileLineAndKey()
    {
        using var home = new ConfigHome("{\n  gateway: { mode: 'local', port: 'x' },\n}");
        var refusal = StartGuard.Check(await home.LoadAsync(), new GatewayStartFlags { AllowUnconfigured = true }, home.Environment);
        Assert.Equal(
            [
                "Config invalid",
                "File: ~/.openclaw/openclaw.json",
                "Problem:",
                "  - gateway.port: Invalid input: expected number, received string (found \"x\"; allowed: a whole number from 1 to 65535) at ~/.openclaw/openclaw.json:2:35",
                "",
                "Nothing was changed. Fix the file and try again.",
            ],
            refusal!.Lines);
    }

    [Fact]
    public async Task Check_FlagsAndVariables_Count()
    {
        using var home = new ConfigHome(variables: new() { ["OPENCLAW_GATEWAY_TOKEN"] = "t" });
        Assert.Null(StartGuard.Check(await home.LoadAsync(), new GatewayStartFlags { AllowUnconfigured = true }, home.Environment));
        var password = new GatewayStartFlags { AllowUnconfigured = true, Auth = new GatewayAuthFlags(GatewayAuthMode.Password) };
        Assert.NotNull(StartGuard.Check(await home.LoadAsync(), password, home.Environment));
        Assert.Null(StartGuard.Check(await home.LoadAsync(), password with { Auth = password.Auth with { Password = "p" } }, home.Environment));
    }

    [Theory]
    [InlineData("abc", null, null, null, "Invalid port")]
    [InlineData("0", null, null, null, "Invalid port")]
    [InlineData("65536", null, null, null, "Invalid port")]
    [InlineData(null, "foo", null, null, "Invalid --auth (use \"token\" or \"password\")")]
    [InlineData(null, null, "foo", null, "Invalid --tailscale (use \"off\", \"serve\", or \"funnel\")")]
    [InlineData(null, null, null, "foo", "Invalid --bind (use \"loopback\", \"lan\", \"tailnet\", \"auto\", or \"custom\")")]
    [InlineData("23000", "password", "funnel", "lan", null)]
    public void TryParse_Words_BecomeValues(string? port, string? auth, string? tailscale, string? bind, string? error)
    {
        var refusal = GatewayStartFlags.TryParse(port, auth, tailscale, bind, out var flags);
        Assert.Equal(error, refusal is null ? null : Assert.Single(refusal.Lines));
        if (error is null)
        {
            Assert.Equal(
                new GatewayStartFlags { Port = 23000, Bind = GatewayBind.Lan, Auth = new GatewayAuthFlags(GatewayAuthMode.Password, Tailscale: TailscaleMode.Funnel) },
                flags);
        }
    }
}
