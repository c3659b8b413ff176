using OpenClaw.Cli.Services;
using OpenClaw.Cli.Services.Launchd;
using OpenClaw.Cli.Startup;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Services;

public sealed class LaunchdTests : IDisposable
{
    private readonly CliHome _home = new();
    private readonly ServiceTools _tools;
    private readonly int _port;

    public LaunchdTests()
    {
        _tools = new ServiceTools(_home).WithLaunchd();
        _home.Variables.Remove("DOTNET_ROOT");
        _port = _home.WriteConfig();
    }

    private string Agents => Path.Combine(_home.Path, "Library", "LaunchAgents");

    private string Plist => Path.Combine(Agents, "bot.molt.gateway.plist");

    private string Domain => $"gui/{_home.UserId}";

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Install_FreshMachine_WritesLoadsAndStartsTheAgent()
    {
        _home.Variables["OPENCLAW_STATE_DIR"] = _home.Path + "/a & <b> \"c\"";
        _home.Variables["OPENCLAW_CONFIG_PATH"] = _home.ConfigPath;

        var result = await _home.RunAsync("gateway", "install");

        var state = "/a &amp; &lt;b&gt; \"c\"";
        Assert.Equal((0, $"\nInstalled LaunchAgent: {Plist}\nLogs: {_home.Path}/a & <b> \"c\"/logs/gateway.log\n"), (result.ExitCode, result.Out));
        Assert.Equal(
            [$"launchctl bootout {Domain} {Plist}", $"launchctl unload {Plist}", $"launchctl enable {Domain}/bot.molt.gateway", $"launchctl bootstrap {Domain} {Plist}", $"launchctl kickstart -k {Domain}/bot.molt.gateway"],
            _tools.Changes);
        Assert.Equal($"""
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0">
              <dict>
                <key>Label</key>
                <string>bot.molt.gateway</string>
                <key>Comment</key>
                <string>OpenClaw Gateway (v{ProductVersion.Number})</string>
                <key>RunAtLoad</key>
                <true />
                <key>KeepAlive</key>
                <true />
                <key>ExitTimeOut</key>
                <integer>10</integer>
                <key>ProgramArguments</key>
                <array>
                  <string>{_home.Host.ProgramPath}</string>
                  <string>gateway</string>
                  <string>--port</string>
                  <string>{_port}</string>
                </array>
                <key>StandardOutPath</key>
                <string>{_home.Path}{state}/logs/gateway.log</string>
                <key>StandardErrorPath</key>
                <string>{_home.Path}{state}/logs/gateway.err.log</string>
                <key>EnvironmentVariables</key>
                <dict>
                  <key>HOME</key>
                  <string>{_home.Path}</string>
                  <key>PATH</key>
                  <string>/opt/homebrew/bin:/usr/local/bin:/usr/bin:/bin</string>
                  <key>OPENCLAW_HOME</key>
                  <string>{_home.Path}</string>
                  <key>OPENCLAW_STATE_DIR</key>
                  <string>{_home.Path}{state}</string>
                  <key>OPENCLAW_CONFIG_PATH</key>
                  <string>{_home.ConfigPath}</string>
                  <key>OPENCLAW_GATEWAY_PORT</key>
                  <string>{_port}</string>
                  <key>OPENCLAW_LAUNCHD_LABEL</key>
                  <string>bot.molt.gateway</string>
                  <key>OPENCLAW_SERVICE_MARKER</key>
                  <string>openclaw</string>
                  <key>OPENCLAW_SERVICE_KIND</key>
                  <string>gateway</string>
                  <key>OPENCLAW_SERVICE_VERSION</key>
                  <string>{ProductVersion.Number}</string>
                </dict>
              </dict>
            </plist>

            """, await File.ReadAllTextAsync(Plist));
        Assert.Equal(_port, LaunchdPlist.Read(Plist)!.Port);
        Assert.Empty(ServiceAudit.Check(LaunchdPlist.Read(Plist)!, ServicePlatform.MacOS, _home.Path));
    }

    [Fact]
    public async Task Restart_IsAKickstart_AndStopABootout()
    {
        await _home.RunAsync("gateway", "install");
        var before = _tools.Changes.Count;

        var restarted = await _home.RunAsync("gateway", "restart");
        var stopped = await _home.RunAsync("gateway", "stop");
        var again = await _home.RunAsync("gateway", "stop");

        Assert.Equal($"Restarted LaunchAgent: {Domain}/bot.molt.gateway\n", restarted.Out);
        Assert.Equal($"Stopped LaunchAgent: {Domain}/bot.molt.gateway\n", stopped.Out);
        Assert.Equal((0, "Gateway service not loaded.\n"), (again.ExitCode, again.Out));
        Assert.Equal([$"launchctl kickstart -k {Domain}/bot.molt.gateway", $"launchctl bootout {Domain}/bot.molt.gateway"], _tools.Changes.Skip(before));
        Assert.True(File.Exists(Plist));
    }

    [Fact]
    public async Task Install_AgentsOfEarlierVersions_MakePlace()
    {
        Directory.CreateDirectory(Agents);
        foreach (var label in (string[])["ai.openclaw.rescue", "com.openclaw.rescue", "ai.openclaw.gateway"])
            await File.WriteAllTextAsync(Path.Combine(Agents, label + ".plist"), "<plist/>");

        var result = await _home.RunAsync("--profile", "rescue", "gateway", "install");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"Moved LaunchAgent to Trash: {_home.Path}/.Trash/ai.openclaw.rescue.plist\n", result.Out, StringComparison.Ordinal);
        Assert.Equal(["ai.openclaw.gateway.plist", "bot.molt.rescue.plist"], Directory.GetFiles(Agents).Select(Path.GetFileName).Order());
        Assert.Contains($"launchctl bootout {Domain}/com.openclaw.rescue", _tools.Changes);
    }

    [Fact]
    public async Task Install_OldOneStillStopping_WaitsForIt()
    {
        _tools.StopSlowly();

        var result = await _home.RunAsync("gateway", "install");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, _tools.Changes.Count(static call => call.StartsWith("launchctl bootstrap", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Install_RefusedByLaunchd_SaysWhy()
    {
        _tools.Refuse("bootstrap", "Bootstrap failed: 125: Domain does not support specified action");

        var result = await _home.RunAsync("gateway", "install");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Gateway install failed: launchctl bootstrap failed: Bootstrap failed: 125", result.Error, StringComparison.Ordinal);
        Assert.Contains("over ssh alone it is not", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uninstall_PutsItIntoTheTrash()
    {
        await _home.RunAsync("gateway", "install");

        var result = await _home.RunAsync("gateway", "uninstall");

        Assert.Equal((0, $"Moved LaunchAgent to Trash: {_home.Path}/.Trash/bot.molt.gateway.plist\n"), (result.ExitCode, result.Out));
        Assert.False(File.Exists(Plist));
    }

    [Fact]
    public async Task Status_Loaded_TellsWhatLaunchdSays()
    {
        await _home.RunAsync("gateway", "install");

        var result = await _home.RunAsync("gateway", "status", "--no-probe");

        Assert.StartsWith("Service: LaunchAgent (loaded)\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("Runtime: running (pid 4242, state running, last exit 0)\n", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<plist><dict><key>Label</key></dict></plist>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><plist><dict><key>Label</key><string>&a;</string></dict></plist>")]
    [InlineData("not xml")]
    public void Read_BrokenPlist_IsNothingToTrust(string text)
    {
        Directory.CreateDirectory(Agents);
        File.WriteAllText(Plist, text);

        Assert.Empty(LaunchdPlist.Read(Plist)?.Arguments ?? []);
    }
}
