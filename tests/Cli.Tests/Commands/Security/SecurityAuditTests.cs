using System.Runtime.Versioning;
using System.Text.Json;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Security;

public sealed class SecurityAuditTests
{
    private const string Token = """gateway: { mode: "local", auth: { token: "3f9c2b7a1d8e4f60c5a7b3e23f9c2b7a" } }""";

    [Theory]
    [InlineData("""{ gateway: { auth: { token: "short" } } }""", "gateway.token_too_short", "warn")]
    [InlineData("""{ gateway: { bind: "lan" } }""", "gateway.bind_no_auth", "critical")]
    [InlineData("""{ gateway: { } }""", "gateway.loopback_no_auth", "critical")]
    [InlineData("""{ gateway: { tailscale: { mode: "funnel" }, auth: { password: "x" } } }""", "gateway.tailscale_funnel", "critical")]
    [InlineData("""{ gateway: { tailscale: { mode: "serve" } } }""", "gateway.tailscale_serve", "info")]
    [InlineData("""{ gateway: { controlUi: { allowInsecureAuth: true } } }""", "gateway.control_ui.insecure_auth", "critical")]
    [InlineData("""{ gateway: { controlUi: { dangerouslyDisableDeviceAuth: true } } }""", "gateway.control_ui.device_auth_disabled", "critical")]
    [InlineData("""{ gateway: { auth: { password: "x" } } }""", "config.secrets.gateway_password_in_config", "warn")]
    [InlineData("""{ logging: { redactSensitive: "off" } }""", "logging.redact_off", "warn")]
    [InlineData("""{ hooks: { enabled: true, token: "abc" } }""", "hooks.token_too_short", "warn")]
    [InlineData("""{ hooks: { enabled: true, token: "abc" } }""", "config.secrets.hooks_token_in_config", "info")]
    [InlineData("""{ gateway: { auth: { token: "one-and-the-same" } }, hooks: { enabled: true, token: "one-and-the-same" } }""", "hooks.token_reuse_gateway_token", "warn")]
    [InlineData("""{ hooks: { enabled: true, token: "abc", path: "/" } }""", "hooks.path_root", "critical")]
    [InlineData("""{ channels: { telegram: { dmPolicy: "open", allowFrom: ["*"] } } }""", "channels.telegram.dm.open", "critical")]
    [InlineData("""{ channels: { telegram: { dmPolicy: "disabled" } } }""", "channels.telegram.dm.disabled", "info")]
    [InlineData("""{ channels: { telegram: { allowFrom: ["1", "2"] } } }""", "channels.telegram.dm.scope_main_multiuser", "warn")]
    [InlineData("""{ channels: { telegram: { groupPolicy: "open" } } }""", "security.exposure.open_groups_with_elevated", "critical")]
    [InlineData("""{ channels: { telegram: { accounts: { a: { groupPolicy: "open" } } } } }""", "channels.telegram.groups.open", "warn")]
    [InlineData("""{ tools: { elevated: { allowFrom: { telegram: ["*"] } } } }""", "tools.elevated.allowFrom.telegram.wildcard", "critical")]
    [InlineData("""{ browser: { profiles: { far: { cdpUrl: "http://10.0.0.9:9222", color: "#112233" } } } }""", "browser.remote_cdp_http", "warn")]
    public async Task Audit_Setting_IsFoundUnderThePeersName(string config, string id, string severity)
    {
        using var home = new CliHome();
        home.WriteRawConfig(config);

        var findings = await AuditAsync(home);

        Assert.Equal(severity, findings.FirstOrDefault(finding => finding.Id == id).Severity);
    }

    [Theory]
    [InlineData("""{ """ + Token + """ }""")]
    [InlineData("""{ gateway: { auth: { password: "${OPENCLAW_GATEWAY_PASSWORD}", mode: "password" } } }""")]
    public async Task Audit_SoundSettings_FindNothingBesideThePermissions(string config)
    {
        using var home = new CliHome();
        home.Variables["OPENCLAW_GATEWAY_PASSWORD"] = "from the environment";
        home.WriteRawConfig(config);

        var findings = await AuditAsync(home, "--fix");

        Assert.Equal([("gateway.trusted_proxies_missing", "warn"), ("summary.attack_surface", "info")], findings);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task AuditFix_ClosesGroupsAndFilesAndTellsOfBoth()
    {
        using var home = new CliHome();
        home.WriteRawConfig("{ " + Token + """, channels: { telegram: { groupPolicy: "open" } } }""");

        var result = await home.RunAsync("security", "audit", "--fix");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Fixed: set channels.telegram.groupPolicy to \"allowlist\"\n", result.Out, StringComparison.Ordinal);
        Assert.Equal("allowlist\n", (await home.RunAsync("config", "get", "channels.telegram.groupPolicy")).Out);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(home.State));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(home.ConfigPath));
    }

    [Fact]
    public async Task AuditDeep_NoGateway_SaysThatItCouldNotBeLookedAt()
    {
        using var home = new CliHome();
        home.WriteConfig(token: "3f9c2b7a1d8e4f60c5a7b3e23f9c2b7a");

        Assert.Contains(("gateway.probe_failed", "warn"), await AuditAsync(home, "--deep"));
    }

    [Fact]
    public async Task Audit_BrokenConfiguration_IsReportedAndEndsWithOne()
    {
        using var home = new CliHome();
        home.WriteRawConfig("{ nope");

        var result = await home.RunAsync("security", "audit");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Config invalid\n", result.Error, StringComparison.Ordinal);
    }

    private static async Task<List<(string Id, string Severity)>> AuditAsync(CliHome home, params string[] flags)
    {
        var result = await home.RunAsync(["security", "audit", "--json", .. flags]);
        Assert.Equal(0, result.ExitCode);
        using var report = JsonDocument.Parse(result.Out);
        return [.. report.RootElement.GetProperty("findings").EnumerateArray().Select(finding => (finding.GetProperty("checkId").GetString()!, finding.GetProperty("severity").GetString()!))];
    }
}
