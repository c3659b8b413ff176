using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Services;

public sealed class SystemdVerbTests : IDisposable
{
    private const string Unit = "openclaw-gateway.service";
    private const string Service = """
          "service": {
            "label": "systemd",
            "loaded": LOADED,
            "loadedText": "enabled",
            "notLoadedText": "disabled"
          }
        }

        """;

    private readonly CliHome _home = new();
    private readonly ServiceTools _tools;

    public SystemdVerbTests()
    {
        _tools = new ServiceTools(_home).WithSystemd();
        _home.WriteConfig();
    }

    private string UnitPath => Path.Combine(_home.Path, ".config", "systemd", "user", Unit);

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("start", $"Restarted systemd service: {Unit}\n", "started", true)]
    [InlineData("restart", $"Restarted systemd service: {Unit}\n", "restarted", true)]
    [InlineData("stop", $"Stopped systemd service: {Unit}\n", "stopped", false)]
    public async Task Run_Installed_DoesIt(string verb, string line, string result, bool active)
    {
        await _home.RunAsync("gateway", "install");

        var text = await _home.RunAsync("gateway", verb);
        var json = await _home.RunAsync("daemon", verb, "--json");

        Assert.Equal((0, line, ""), (text.ExitCode, text.Out, text.Error));
        Assert.Equal($"{{\n  \"action\": \"{verb}\",\n  \"ok\": true,\n  \"result\": \"{result}\",\n" + Service.Replace("LOADED", "true", StringComparison.Ordinal), json.Out);
        Assert.Equal(active, _tools.IsActive(Unit));
    }

    [Theory]
    [InlineData("start")]
    [InlineData("restart")]
    public async Task Run_NotInstalled_SaysHowToStartOne(string verb)
    {
        var text = await _home.RunAsync("gateway", verb);
        var json = await _home.RunAsync("gateway", verb, "--json");

        Assert.Equal((0, $"Gateway service disabled.\nStart with: openclaw gateway install\nStart with: openclaw gateway\nStart with: systemctl --user start {Unit}\n"), (text.ExitCode, text.Out));
        Assert.Equal($$"""
            {
              "action": "{{verb}}",
              "ok": true,
              "result": "not-loaded",
              "message": "Gateway service disabled.",
              "hints": [
                "openclaw gateway install",
                "openclaw gateway",
                "systemctl --user start {{Unit}}"
              ],

            """ + Service.Replace("LOADED", "false", StringComparison.Ordinal), json.Out);
    }

    [Fact]
    public async Task Stop_NotInstalled_IsDone()
    {
        var text = await _home.RunAsync("gateway", "stop");
        var json = await _home.RunAsync("gateway", "stop", "--json");

        Assert.Equal((0, "Gateway service disabled.\n"), (text.ExitCode, text.Out));
        Assert.Equal("{\n  \"action\": \"stop\",\n  \"ok\": true,\n  \"result\": \"not-loaded\",\n  \"message\": \"Gateway service disabled.\",\n"
            + Service.Replace("LOADED", "false", StringComparison.Ordinal), json.Out);
    }

    [Fact]
    public async Task Uninstall_Installed_RemovesIt()
    {
        await _home.RunAsync("gateway", "install");

        var text = await _home.RunAsync("gateway", "uninstall");
        var again = await _home.RunAsync("gateway", "uninstall");
        var json = await _home.RunAsync("gateway", "uninstall", "--json");

        Assert.Equal((0, $"Stopped systemd service: {Unit}\nRemoved systemd service: {UnitPath}\n"), (text.ExitCode, text.Out));
        Assert.False(File.Exists(UnitPath));
        Assert.False(_tools.IsEnabled(Unit));
        Assert.Equal((0, $"Systemd service not found at {UnitPath}\n"), (again.ExitCode, again.Out));
        Assert.Equal("{\n  \"action\": \"uninstall\",\n  \"ok\": true,\n  \"result\": \"uninstalled\",\n" + Service.Replace("LOADED", "false", StringComparison.Ordinal), json.Out);
    }

    [Fact]
    public async Task Restart_Refused_Fails()
    {
        await _home.RunAsync("gateway", "install");
        _tools.Refuse("restart", "Job for openclaw-gateway.service failed.");

        var result = await _home.RunAsync("gateway", "restart");

        Assert.Equal((1, "Gateway restart failed: systemctl restart failed: Job for openclaw-gateway.service failed.\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Run_NameOfAnotherProfileInTheShellOfAService_DoesNotWin()
    {
        // The shell of the main gateway's agent, in which somebody stops the rescue gateway.
        _home.Variables["OPENCLAW_SYSTEMD_UNIT"] = Unit;
        await _home.RunAsync("gateway", "install");
        await _home.RunAsync("--profile", "rescue", "gateway", "install");

        await _home.RunAsync("--profile", "rescue", "gateway", "stop");

        Assert.True(_tools.IsActive(Unit));
        Assert.False(_tools.IsActive("openclaw-gateway-rescue.service"));
    }

    [Theory]
    [InlineData("my-claw.service", "my-claw.service")]
    [InlineData("../../evil", Unit)]
    public async Task Run_NameOfItsOwn_IsLookedForIfItIsOne(string name, string asked)
    {
        _home.Variables["OPENCLAW_SYSTEMD_UNIT"] = name;

        await _home.RunAsync("gateway", "stop");

        Assert.Equal($"systemctl --user is-enabled {asked}", _tools.Calls[0]);
    }

    [Fact]
    public async Task Uninstall_Legacy_RemovesTheServicesOfEarlierNamesOnly()
    {
        await _home.RunAsync("gateway", "install");
        var directory = Path.GetDirectoryName(UnitPath)!;
        await File.WriteAllTextAsync(Path.Combine(directory, "clawdbot-gateway.service"), "[Service]\nExecStart=/usr/bin/clawdbot gateway\n");
        await File.WriteAllTextAsync(Path.Combine(directory, "my-openclaw-thing.service"), "[Service]\nExecStart=/usr/bin/openclaw sync\n");

        var result = await _home.RunAsync("gateway", "uninstall", "--legacy");

        Assert.Equal((0, $"Removed systemd service: {directory}/clawdbot-gateway.service\n"), (result.ExitCode, result.Out));
        Assert.Contains("systemctl --user disable --now clawdbot-gateway.service", _tools.Changes);
        Assert.Equal(2, Directory.GetFiles(directory).Length);
        Assert.True(_tools.IsActive(Unit));
    }
}
