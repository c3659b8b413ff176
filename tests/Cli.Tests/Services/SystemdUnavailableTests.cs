using OpenClaw.Cli.Services;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Services;

/// <summary>The ways in which systemd cannot be had: each says what it is, and ends with a code of its own.</summary>
public sealed class SystemdUnavailableTests : IDisposable
{
    private readonly CliHome _home = new();
    private readonly ServiceTools _tools;

    public SystemdUnavailableTests()
    {
        _tools = new ServiceTools(_home);
        _home.Host = _home.Host with { Platform = ServicePlatform.Linux, KernelRelease = "6.1.0" };
        _home.WriteConfig();
    }

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("install")]
    [InlineData("uninstall")]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("restart")]
    public async Task Run_NoSystemctl_SaysSo(string verb)
    {
        var text = await _home.RunAsync("gateway", verb);
        var json = await _home.RunAsync("gateway", verb, "--json");

        Assert.Equal((int)ServiceFailureKind.NoManager, text.ExitCode);
        Assert.StartsWith("Gateway service check failed: Error: systemctl not available; systemd user services are required on Linux.\n", text.Error, StringComparison.Ordinal);
        Assert.StartsWith($"{{\n  \"action\": \"{verb}\",\n  \"ok\": false,\n  \"error\": \"Gateway service check failed: Error: systemctl not available;", json.Out, StringComparison.Ordinal);
        Assert.Equal((text.ExitCode, ""), (json.ExitCode, json.Error));
    }

    [Fact]
    public async Task Install_Container_SaysThatSystemdDidNotStartIt()
    {
        _tools.WithSystemd().Become("not-booted");
        Directory.Delete(_home.Host.SystemdMark);

        var result = await _home.RunAsync("gateway", "install");

        Assert.Equal((int)ServiceFailureKind.NotBooted, result.ExitCode);
        Assert.Contains("System has not been booted with systemd", result.Error, StringComparison.Ordinal);
        Assert.Contains("openclaw gateway\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_NoMediumAndNotBooted_IsAContainerToo()
    {
        // What "systemctl --user" says in a container where XDG_RUNTIME_DIR is not set.
        _tools.WithSystemd().Become("no-bus");
        Directory.Delete(_home.Host.SystemdMark);

        Assert.Equal((int)ServiceFailureKind.NotBooted, (await _home.RunAsync("gateway", "install")).ExitCode);
    }

    [Fact]
    public async Task Install_WslWithoutSystemd_SaysHowToSwitchItOn()
    {
        _tools.WithSystemd().Become("not-booted");
        Directory.Delete(_home.Host.SystemdMark);
        _home.Host = _home.Host with { KernelRelease = "5.15.167.4-microsoft-standard-WSL2" };

        var result = await _home.RunAsync("gateway", "install");

        Assert.Equal((int)ServiceFailureKind.WslWithoutSystemd, result.ExitCode);
        Assert.Contains("systemd=true", result.Error, StringComparison.Ordinal);
        Assert.Contains("wsl --shutdown", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_NobodyLoggedIn_CallsForTheUsersManager()
    {
        _tools.WithSystemd(linger: false).Become("no-bus");
        Directory.Delete(Path.Combine(_home.Host.RuntimeRoot, $"{_home.UserId}"));

        var result = await _home.RunAsync("gateway", "install");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("loginctl --no-ask-password enable-linger tester", _tools.Calls);
        Assert.True(_tools.IsActive("openclaw-gateway.service"));
    }

    [Fact]
    public async Task Install_NobodyLoggedInAndNotAllowedToLinger_SaysWhatToRun()
    {
        _tools.WithSystemd(linger: false).Become("no-bus");
        _tools.Refuse("enable-linger", "Could not enable linger: Interactive authentication required.");
        Directory.Delete(Path.Combine(_home.Host.RuntimeRoot, $"{_home.UserId}"));

        var result = await _home.RunAsync("gateway", "install");

        Assert.Equal((int)ServiceFailureKind.NoUserManager, result.ExitCode);
        Assert.Contains("sudo loginctl enable-linger tester", result.Error, StringComparison.Ordinal);
        Assert.Contains("install --system", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_BusThatCannotBeReached_IsAnotherFailure()
    {
        _tools.WithSystemd().Become("no-bus");

        var result = await _home.RunAsync("gateway", "install");

        Assert.Equal((int)ServiceFailureKind.NoUserBus, result.ExitCode);
        Assert.Contains($"systemctl status user@{_home.UserId}.service", result.Error, StringComparison.Ordinal);
        Assert.Contains("dbus-user-session", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_Refused_IsAQuestionOfRights()
    {
        _tools.WithSystemd().Refuse("daemon-reload", "Failed to reload daemon: Access denied");

        Assert.Equal((int)ServiceFailureKind.NotPermitted, (await _home.RunAsync("gateway", "install")).ExitCode);
    }

    [Fact]
    public async Task Install_SystemUnitWithoutRoot_SaysSudo()
    {
        _tools.WithSystemd();

        var result = await _home.RunAsync("gateway", "install", "--system", "--run-as", "tester");

        Assert.Equal((int)ServiceFailureKind.NotPermitted, result.ExitCode);
        Assert.Contains("sudo openclaw gateway install --system", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_SystemUnit_RunsAsTheUserFromTheBeginning()
    {
        _tools.WithSystemd().Become("no-bus");
        _home.UserId = 0;

        var result = await _home.RunAsync("gateway", "install", "--system");
        var status = await _home.RunAsync("gateway", "status", "--no-probe");

        var path = Path.Combine(_home.Host.SystemUnits, "openclaw-gateway.service");
        Assert.Equal((0, $"\nInstalled systemd service: {path}\n"), (result.ExitCode, result.Out));
        var unit = await File.ReadAllTextAsync(path);
        Assert.Contains("User=tester\n", unit, StringComparison.Ordinal);
        Assert.EndsWith("[Install]\nWantedBy=multi-user.target\n", unit, StringComparison.Ordinal);
        Assert.Contains("systemctl enable openclaw-gateway.service", _tools.Changes);
        Assert.DoesNotContain(_tools.Changes, static call => call.Contains("--user", StringComparison.Ordinal));
        // Nobody has to say --system again: there is no unit of the user's.
        Assert.Contains("Runtime: running (pid 4242", status.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_ManagerThatHangs_AnswersAllTheSame()
    {
        _tools.WithSystemd().Become("hang");
        _home.Host = _home.Host with { StatusPatience = TimeSpan.FromMilliseconds(800) };

        var result = await _home.RunAsync("gateway", "status", "--no-probe");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("Service: systemd (unknown)\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("Runtime: unknown (Error: the service manager did not answer within 800 ms)", result.Out, StringComparison.Ordinal);
        Assert.Contains("systemd did not answer in time", result.Error, StringComparison.Ordinal);
    }
}
