using System.Text.Json;
using OpenClaw.Cli.Tests.Services;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Onboard;

public sealed class OnboardByFlagsTests : IDisposable
{
    private readonly CliHome _home = new();

    public void Dispose() => _home.Dispose();

    private Task<CommandResult> OnboardAsync(params string[] more) => _home.RunAsync(["onboard", "--non-interactive", "--accept-risk", .. more]);

    [Fact]
    public async Task WithoutAcceptedRisk_SaysSoInThreeLines_AndWritesNothing()
    {
        var result = await _home.RunAsync("onboard", "--non-interactive");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            "Non-interactive onboarding requires explicit risk acknowledgement.\nRead: https://docs.openclaw.ai/security\nRe-run with: openclaw onboard --non-interactive --accept-risk ...\n",
            result.Error);
        Assert.False(File.Exists(_home.ConfigPath));
    }

    [Theory]
    [InlineData("--mode bogus", "Invalid --mode \"bogus\" (use local|remote).")]
    [InlineData("--mode remote", "Missing --remote-url for remote mode.")]
    [InlineData("--mode remote --remote-url http://x", "Invalid --remote-url (use ws://… or wss://…).")]
    [InlineData("--auth-choice openai-api-key", "Missing --openai-api-key (or OPENAI_API_KEY in env).")]
    [InlineData("--auth-choice nobody", "Invalid --auth-choice \"nobody\"")]
    [InlineData("--auth-choice openai-codex", "--auth-choice \"openai-codex\" is a sign-in that is not available here; use a key.")]
    [InlineData("--auth-choice token", "Missing --token-provider for --auth-choice token.")]
    [InlineData("--auth-choice token --token-provider anthropic", "Missing --token for --auth-choice token.")]
    [InlineData("--auth-choice token --token-provider anthropic --token x --token-expires-in soon", "Invalid --token-expires-in: soon")]
    [InlineData("--auth-choice token --token-provider ../x --token x", "Invalid --token-provider")]
    [InlineData("--openai-api-key a --xai-api-key b", "Several keys were given; say with --auth-choice which provider is meant.")]
    [InlineData("--openai-api-key \u00e4", "Invalid --openai-api-key")]
    [InlineData("--gateway-port 0", "Invalid --gateway-port")]
    [InlineData("--gateway-port 70000", "Invalid --gateway-port")]
    [InlineData("--gateway-port x", "Invalid --gateway-port")]
    [InlineData("--gateway-bind everywhere", "Invalid --gateway-bind (use loopback|tailnet|lan|auto|custom).")]
    [InlineData("--gateway-auth none", "Invalid --gateway-auth (use token|password).")]
    [InlineData("--gateway-auth password", "Missing --gateway-password for password auth.")]
    [InlineData("--tailscale funnel", "Missing --gateway-password for password auth.")]
    [InlineData("--tailscale maybe", "Invalid --tailscale (use off|serve|funnel).")]
    [InlineData("--daemon-runtime deno", "Invalid --daemon-runtime (use node or bun)")]
    [InlineData("--node-manager yarn", "Invalid --node-manager (use npm, pnpm, or bun)")]
    [InlineData("--flow scenic", "Invalid --flow (use quickstart, manual, or advanced).")]
    [InlineData("--telegram-bot-token 1/../2", "Invalid --telegram-bot-token")]
    public async Task AWrongFlag_IsNamed_AndNothingIsWritten(string flags, string error)
    {
        var result = await OnboardAsync([.. flags.Split(' '), "--skip-health"]);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(error, result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Out);
        Assert.False(Directory.Exists(_home.State));
    }

    [Fact]
    public async Task OnNothing_MakesWhatAGatewayNeeds_AndPrintsPureJson()
    {
        var result = await OnboardAsync("--gateway-port", "23040", "--skip-channels", "--skip-skills", "--skip-health", "--skip-ui", "--json");

        Assert.Equal("", string.Join('\n', result.Error.Split('\n').Where(static line => line.StartsWith("Error", StringComparison.Ordinal))));
        Assert.Equal(0, result.ExitCode);
        var summary = JsonDocument.Parse(result.Out).RootElement;
        Assert.Equal("local", summary.GetProperty("mode").GetString());
        Assert.Equal("skip", summary.GetProperty("authChoice").GetString());
        Assert.Equal(23040, summary.GetProperty("gateway").GetProperty("port").GetInt32());
        Assert.Equal("loopback", summary.GetProperty("gateway").GetProperty("bind").GetString());
        Assert.Equal("token", summary.GetProperty("gateway").GetProperty("authMode").GetString());
        Assert.Equal("off", summary.GetProperty("gateway").GetProperty("tailscaleMode").GetString());
        Assert.False(summary.GetProperty("installDaemon").GetBoolean());
        Assert.True(File.Exists(Path.Combine(summary.GetProperty("workspace").GetString()!, "AGENTS.md")));
        var written = Config();
        Assert.Matches("^[0-9a-f]{48}$", written.GetProperty("gateway").GetProperty("auth").GetProperty("token").GetString());
        Assert.Equal("local", written.GetProperty("gateway").GetProperty("mode").GetString());
        Assert.Equal("onboard", written.GetProperty("wizard").GetProperty("lastRunCommand").GetString());
        Assert.Equal("local", written.GetProperty("wizard").GetProperty("lastRunMode").GetString());
    }

    [Fact]
    public async Task Again_KeepsTheTokenAndTheComments()
    {
        _home.WriteRawConfig("{\n  // mine\n  gateway: { mode: 'local', port: 23041, auth: { token: 'given-to-the-phone' } },\n}\n");

        Assert.Equal(0, (await OnboardAsync("--skip-health")).ExitCode);
        Assert.Equal(0, (await OnboardAsync("--skip-health")).ExitCode);

        Assert.Equal("given-to-the-phone\n", (await _home.RunAsync("config", "get", "gateway.auth.token")).Out);
        Assert.Equal("23041\n", (await _home.RunAsync("config", "get", "gateway.port")).Out);
        Assert.Contains("// mine", await File.ReadAllTextAsync(_home.ConfigPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AGivenToken_ReplacesTheOneThatIsThere()
    {
        _home.WriteConfig("old");

        await OnboardAsync("--skip-health", "--gateway-token", "new");

        Assert.Equal("new\n", (await _home.RunAsync("config", "get", "gateway.auth.token")).Out);
    }

    [Fact]
    public async Task Remote_NotesAddressAndToken()
    {
        var result = await OnboardAsync("--mode", "remote", "--remote-url", "ws://127.0.0.1:23000", "--remote-token", "abc", "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("""{"mode":"remote","remoteUrl":"ws://127.0.0.1:23000","auth":"token"}""", JsonSerializer.Serialize(JsonDocument.Parse(result.Out).RootElement));
        Assert.Equal("ws://127.0.0.1:23000", Config().GetProperty("gateway").GetProperty("remote").GetProperty("url").GetString());
    }

    [Fact]
    public async Task ABrokenConfiguration_IsReportedAndLeftAlone()
    {
        _home.WriteRawConfig("{ gateway: { port: 'x' } }");

        var result = await OnboardAsync("--skip-health");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("gateway.port", result.Error, StringComparison.Ordinal);
        Assert.Equal("{ gateway: { port: 'x' } }", await File.ReadAllTextAsync(_home.ConfigPath));
    }

    [Fact]
    public async Task AKey_IsStoredWithItsProfile_BesideTheOthers()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Keys)!);
        await File.WriteAllTextAsync(Keys, """{"version":1,"profiles":{"xai:default":{"type":"api_key","provider":"xai","key":"x"}}}""");
        _home.Variables["OPENAI_API_KEY"] = "sk-env";

        Assert.Equal(0, (await OnboardAsync("--auth-choice", "openai-api-key", "--skip-health")).ExitCode);

        var profiles = JsonDocument.Parse(await File.ReadAllTextAsync(Keys)).RootElement.GetProperty("profiles");
        Assert.Equal("x", profiles.GetProperty("xai:default").GetProperty("key").GetString());
        Assert.Equal("sk-env", profiles.GetProperty("openai:default").GetProperty("key").GetString());
        Assert.Equal("api_key", Config().GetProperty("auth").GetProperty("profiles").GetProperty("openai:default").GetProperty("mode").GetString());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Keys));
    }

    [Fact]
    public async Task AFileOfKeysThatIsBroken_IsLeftAlone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Keys)!);
        await File.WriteAllTextAsync(Keys, "{ torn");

        var result = await OnboardAsync("--openai-api-key", "sk", "--skip-health");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("auth-profiles.json", result.Error, StringComparison.Ordinal);
        Assert.Equal("{ torn", await File.ReadAllTextAsync(Keys));
        Assert.False(File.Exists(_home.ConfigPath));
    }

    [Fact]
    public async Task AnInstanceWithoutAGateway_FailsAfterThePatience_AndSaysHowToStartOne()
    {
        var port = FreePort.Next();
        // One probe is enough to see the end of it: the clock is past the patience at once.
        var result = await _home.RunAsync(new HastyClock(), "onboard", "--non-interactive", "--accept-risk", "--gateway-port", $"{port}");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("To start it: openclaw gateway", result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_home.ConfigPath));
    }

    [Fact]
    public async Task InstallDaemon_Again_TakesTheNewPortOver_AndTellsNobodyToStartIt()
    {
        _ = new ServiceTools(_home).WithSystemd();
        await OnboardAsync("--skip-health", "--install-daemon", "--gateway-port", "20001");

        var again = await OnboardAsync("--skip-health", "--install-daemon", "--gateway-port", "20002");

        Assert.Equal(0, again.ExitCode);
        Assert.Contains(" gateway --port 20002\n", await File.ReadAllTextAsync(Path.Combine(_home.Path, ".config", "systemd", "user", "openclaw-gateway.service")), StringComparison.Ordinal);
        Assert.DoesNotContain("Start the gateway", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_PutsConfigurationAndSessionsAside()
    {
        _home.WriteConfig("old");
        var sessions = Path.Combine(_home.State, "agents", "main", "sessions");
        Directory.CreateDirectory(sessions);
        await File.WriteAllTextAsync(Path.Combine(sessions, "sessions.json"), "{}");

        Assert.Equal(0, (await OnboardAsync("--reset", "--skip-health")).ExitCode);

        var aside = Assert.Single(Directory.GetDirectories(_home.State, "reset-*"));
        Assert.Contains("\"old\"", await File.ReadAllTextAsync(Path.Combine(aside, "openclaw.json")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(aside, "agents", "main", "sessions", "sessions.json")));
        Assert.NotEqual("old\n", (await _home.RunAsync("config", "get", "gateway.auth.token")).Out);
    }

    private string Keys => Path.Combine(_home.State, "agents", "main", "agent", "auth-profiles.json");

    private JsonElement Config() => JsonDocument.Parse(File.ReadAllText(_home.ConfigPath)).RootElement;

    /// <summary>A minute passes between any two looks at it.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => Interlocked.Add(ref _now, 60 * TimestampFrequency);
    }
}
