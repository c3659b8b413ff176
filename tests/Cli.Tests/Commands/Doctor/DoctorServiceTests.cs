using OpenClaw.Cli.Tests.Services;

namespace OpenClaw.Cli.Tests.Commands.Doctor;

public sealed class DoctorServiceTests
{
    private const string Unit = "openclaw-gateway.service";

    [Fact]
    public async Task Doctor_ServiceAsItWasInstalled_FindsNothing()
    {
        using var home = await DoctorHome.HealthyAsync();
        _ = new ServiceTools(home).WithSystemd();
        await home.RunAsync("gateway", "install");

        var (_, report) = await home.DoctorAsync();

        Assert.DoesNotContain(report.Problems(), id => id.StartsWith("service.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_ServiceThatWasChangedAndStopped_SaysBoth()
    {
        using var home = await DoctorHome.HealthyAsync();
        var tools = new ServiceTools(home).WithSystemd();
        await home.RunAsync("gateway", "install");
        var unit = Path.Combine(home.Path, ".config", "systemd", "user", Unit);
        await File.WriteAllTextAsync(unit, (await File.ReadAllTextAsync(unit)).Replace("RestartSec=5", "RestartSec=500", StringComparison.Ordinal));
        tools.SetActive(Unit, false);

        var (exitCode, report) = await home.DoctorAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal(["service.stopped", "service.systemd-restart-sec"], report.Problems().Where(static id => id.StartsWith("service.", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task Doctor_ServiceOfAnotherInstallation_IsTold()
    {
        using var home = await DoctorHome.HealthyAsync();
        _ = new ServiceTools(home).WithSystemd();
        await home.RunAsync("gateway", "install");
        var unit = Path.Combine(home.Path, ".config", "systemd", "user", Unit);
        await File.WriteAllTextAsync(unit, (await File.ReadAllTextAsync(unit)).Replace($"ExecStart={home.Host.ProgramPath}", "ExecStart=/bin/sh /opt/openclaw/dist/index.js", StringComparison.Ordinal));

        var (exitCode, report) = await home.DoctorAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal(["service.gateway-entrypoint-mismatch"], report.Problems().Where(static id => id.StartsWith("service.", StringComparison.Ordinal)));
        Assert.Contains("/opt/openclaw/dist/index.js", report.Finding("service.gateway-entrypoint-mismatch").GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_ServiceThatNothingStarts_IsTold()
    {
        using var home = await DoctorHome.HealthyAsync();
        var tools = new ServiceTools(home).WithSystemd();
        await home.RunAsync("gateway", "install");
        tools.Disable(Unit);

        var (exitCode, report) = await home.DoctorAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal(["service.not_loaded"], report.Problems().Where(static id => id.StartsWith("service.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Fix_ServiceThatEndsWithTheLogin_SwitchesLingeringOnOnlyWhenAgreed()
    {
        using var home = await DoctorHome.HealthyAsync();
        var tools = new ServiceTools(home).WithSystemd();
        await home.RunAsync("gateway", "install");
        tools.SetLinger(false);

        var (_, found) = await home.DoctorAsync();
        Assert.Contains("service.linger", found.Problems());
        await home.DoctorAsync("--fix");
        Assert.False(tools.Lingers);

        var (_, repaired) = await home.DoctorAsync("--fix", "--yes");

        Assert.True(tools.Lingers);
        Assert.DoesNotContain("service.linger", repaired.Problems());
    }

    [Fact]
    public async Task Doctor_NobodyKnowsAboutLogins_ClaimsNothing()
    {
        using var home = await DoctorHome.HealthyAsync();
        var tools = new ServiceTools(home).WithSystemd(linger: false);
        tools.Refuse("show-user", "Failed to connect to bus: No such file or directory");
        await home.RunAsync("gateway", "install");

        var (_, report) = await home.DoctorAsync();

        Assert.DoesNotContain("service.linger", report.Problems());
    }

    [Fact]
    public async Task FixForce_ServiceThatWasChanged_IsWrittenAnewAndRestarted()
    {
        using var home = await DoctorHome.HealthyAsync();
        var tools = new ServiceTools(home).WithSystemd();
        await home.RunAsync("gateway", "install");
        var unit = Path.Combine(home.Path, ".config", "systemd", "user", Unit);
        var installed = await File.ReadAllTextAsync(unit);
        await File.WriteAllTextAsync(unit, installed.Replace("RestartSec=5", "RestartSec=500", StringComparison.Ordinal));

        var (_, left) = await home.DoctorAsync("--fix", "--yes");
        Assert.Contains("service.systemd-restart-sec", left.Problems());
        var (_, repaired) = await home.DoctorAsync("--fix", "--yes", "--force");

        Assert.DoesNotContain(repaired.Problems(), id => id.StartsWith("service.", StringComparison.Ordinal));
        Assert.Equal(installed, await File.ReadAllTextAsync(unit));
        Assert.True(tools.IsActive(Unit));
    }

    [Fact]
    public async Task Doctor_ServiceOfAnEarlierName_IsTold()
    {
        using var home = await DoctorHome.HealthyAsync();
        _ = new ServiceTools(home).WithSystemd();
        var units = Path.Combine(home.Path, ".config", "systemd", "user");
        Directory.CreateDirectory(units);
        await File.WriteAllTextAsync(Path.Combine(units, "clawdbot-gateway.service"), "[Service]\nExecStart=/usr/bin/node /opt/clawdbot/index.js gateway\n");

        var (exitCode, report) = await home.DoctorAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal(["service.others"], report.Problems().Where(static id => id.StartsWith("service.", StringComparison.Ordinal)));
    }
}
