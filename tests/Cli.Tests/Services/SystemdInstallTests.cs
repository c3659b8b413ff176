using System.Text.Json;
using OpenClaw.Cli.Services;
using OpenClaw.Cli.Startup;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Services;

public sealed class SystemdInstallTests : IDisposable
{
    private const string Unit = "openclaw-gateway.service";

    private readonly CliHome _home = new();
    private readonly ServiceTools _tools;
    private readonly int _port;

    public SystemdInstallTests()
    {
        _tools = new ServiceTools(_home).WithSystemd();
        _port = _home.WriteConfig();
    }

    private string UnitPath => Path.Combine(_home.Path, ".config", "systemd", "user", Unit);

    private string Program => _home.Host.ProgramPath!;

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Install_FreshMachine_WritesEnablesAndStartsTheUnit()
    {
        var result = await _home.RunAsync("gateway", "install");

        Assert.Equal((0, "", $"\nInstalled systemd service: {UnitPath}\n"), (result.ExitCode, result.Error, result.Out));
        Assert.Equal(["systemctl --user daemon-reload", $"systemctl --user enable {Unit}", $"systemctl --user restart {Unit}"], _tools.Changes);
        Assert.Equal($"""
            [Unit]
            Description=OpenClaw Gateway (v{ProductVersion.Number})
            After=network-online.target
            Wants=network-online.target
            StartLimitIntervalSec=0

            [Service]
            ExecStart={Program} gateway --port {_port}
            Restart=always
            RestartSec=5
            TimeoutStopSec=10
            KillMode=mixed
            Environment=HOME={_home.Path}
            Environment=PATH={string.Join(':', new[] { ".local/bin", ".npm-global/bin", "bin", ".nvm/current/bin", ".fnm/current/bin", ".volta/bin", ".asdf/shims", ".local/share/pnpm", ".bun/bin" }.Select(directory => Path.Combine(_home.Path, directory)))}:/usr/local/bin:/usr/bin:/bin
            Environment=OPENCLAW_HOME={_home.Path}
            Environment=OPENCLAW_GATEWAY_PORT={_port}
            Environment=OPENCLAW_SYSTEMD_UNIT={Unit}
            {(_home.Variables.TryGetValue("DOTNET_ROOT", out var runtime) ? $"Environment=DOTNET_ROOT={runtime}\n" : "")}Environment=OPENCLAW_SERVICE_MARKER=openclaw
            Environment=OPENCLAW_SERVICE_KIND=gateway
            Environment=OPENCLAW_SERVICE_VERSION={ProductVersion.Number}

            [Install]
            WantedBy=default.target

            """, await File.ReadAllTextAsync(UnitPath));
        Assert.DoesNotContain("test-token", await File.ReadAllTextAsync(UnitPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_TimeToStop_IsTheDrainBudgetAndRoom()
    {
        await _home.RunAsync("gateway", "install");

        Assert.True(ServiceDefaults.DrainBudget.SupervisorPatience > ServiceDefaults.DrainBudget.Total);
        Assert.Contains($"TimeoutStopSec={ServiceDefaults.DrainBudget.SupervisorPatience.TotalSeconds}\n", await File.ReadAllTextAsync(UnitPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_Installed_IsANoOp()
    {
        await _home.RunAsync("gateway", "install");
        var calls = _tools.Changes.Count;

        var text = await _home.RunAsync("gateway", "install");
        var json = await _home.RunAsync("gateway", "install", "--json");

        Assert.Equal((0, "Gateway service already enabled.\nReinstall with: openclaw gateway install --force\n", ""), (text.ExitCode, text.Out, text.Error));
        Assert.Equal("""
            {
              "action": "install",
              "ok": true,
              "result": "already-installed",
              "message": "Gateway service already enabled.",
              "service": {
                "label": "systemd",
                "loaded": true,
                "loadedText": "enabled",
                "notLoadedText": "disabled"
              }
            }

            """, json.Out);
        Assert.Equal(calls, _tools.Changes.Count);
    }

    [Fact]
    public async Task Install_InstalledDifferently_SaysInWhat()
    {
        await _home.RunAsync("gateway", "install");
        await File.WriteAllTextAsync(UnitPath, (await File.ReadAllTextAsync(UnitPath))
            .Replace($"ExecStart={Program}", "ExecStart=/usr/bin/node /opt/openclaw/dist/index.js", StringComparison.Ordinal)
            .Replace(":/usr/bin", ":/opt/old", StringComparison.Ordinal)
            .Replace("[Install]", "Environment=OPENCLAW_STATE_DIR=/srv/state\n[Install]", StringComparison.Ordinal));

        var result = await _home.RunAsync("gateway", "install", "--port", "23055");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"it starts /usr/bin/node /opt/openclaw/dist/index.js, not {Program}\n", result.Error, StringComparison.Ordinal);
        Assert.Contains($"its port is {_port}, not 23055\n", result.Error, StringComparison.Ordinal);
        Assert.Contains(": PATH is ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gateway", "install", "--force", "--port", "23055")]
    [InlineData("gateway", "--force", "--port", "23055", "install")]
    [InlineData("daemon", "install", "--force", "--port=23055")]
    public async Task Install_Force_ReplacesIt(params string[] args)
    {
        await _home.RunAsync("gateway", "install");

        var result = await _home.RunAsync(args);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"ExecStart={Program} gateway --port 23055\n", await File.ReadAllTextAsync(UnitPath), StringComparison.Ordinal);
        Assert.Equal(2, _tools.Changes.Count(static call => call.Contains("restart", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Install_TokenThatOnlyTheShellHas_IsWrittenForTheOwnerAlone()
    {
        _home.WriteRawConfig("""{ "gateway": { "mode": "local" } }""");

        var result = await _home.RunAsync("gateway", "install", "--token", "a b%\"c\\d$e");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("""Environment="OPENCLAW_GATEWAY_TOKEN=a b%%\"c\\d$e" """.TrimEnd() + "\n", await File.ReadAllTextAsync(UnitPath), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(UnitPath).UnixFileMode);
    }

    [Fact]
    public async Task Install_ConfigurationThatRefusesTheStart_IsWarnedOf()
    {
        _home.WriteRawConfig("""{ "gateway": { "auth": { "token": "t" } } }""");

        var result = await _home.RunAsync("gateway", "install", "--json");

        using var report = JsonDocument.Parse(result.Out);
        Assert.Contains("gateway.mode=local", report.RootElement.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_TwoProfiles_LiveSideBySide()
    {
        await _home.RunAsync("--profile", "main", "gateway", "install", "--port", "19101");
        await _home.RunAsync("--profile", "rescue", "gateway", "install", "--port", "19201");
        await _home.RunAsync("--profile", "main", "gateway", "uninstall");

        Assert.False(_tools.IsEnabled("openclaw-gateway-main.service"));
        Assert.True(_tools.IsActive("openclaw-gateway-rescue.service"));
        var unit = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(UnitPath)!, "openclaw-gateway-rescue.service"));
        Assert.Contains("Description=OpenClaw Gateway (profile: rescue, v", unit, StringComparison.Ordinal);
        Assert.Contains($"Environment=OPENCLAW_STATE_DIR={_home.Path}/.openclaw-rescue\nEnvironment=OPENCLAW_CONFIG_PATH={_home.Path}/.openclaw-rescue/openclaw.json\n", unit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_KilledBeforeItWasEnabled_IsDoneByTheNextOne()
    {
        _tools.Refuse("enable", "Failed to enable unit: Interrupted system call");
        var killed = await _home.RunAsync("gateway", "install");
        File.Delete(Path.Combine(_home.Path, "manager", "fail", "enable"));
        await File.WriteAllTextAsync(UnitPath + ".openclaw-tmp", "half of a unit");

        var again = await _home.RunAsync("gateway", "install");

        Assert.Equal((1, "Gateway install failed: systemctl enable failed: Failed to enable unit: Interrupted system call\n"), (killed.ExitCode, killed.Error));
        Assert.Equal(0, again.ExitCode);
        Assert.True(_tools.IsActive(Unit));
        Assert.Equal([UnitPath], Directory.GetFiles(Path.GetDirectoryName(UnitPath)!));
    }

    [Theory]
    [InlineData("gateway install --port 0", "Invalid port")]
    [InlineData("gateway install --port abc", "Invalid port")]
    [InlineData("gateway install --port 65536", "Invalid port")]
    [InlineData("gateway install --runtime deno", "Invalid --runtime (use \"node\" or \"bun\")")]
    public async Task Install_WrongValue_IsNamedAndNothingHappens(string line, string error)
    {
        var result = await _home.RunAsync(line.Split(' '));

        Assert.Equal((1, error + "\n"), (result.ExitCode, result.Error));
        Assert.Empty(_tools.Calls);
    }

    [Fact]
    public async Task Install_NixMode_IsRefused()
    {
        _home.Variables["OPENCLAW_NIX_MODE"] = "1";

        Assert.Equal((1, "Nix mode detected; service install is disabled.\n"), await ErrorOfAsync());
    }

    [Fact]
    public async Task Install_BrokenConfiguration_IsRefused()
    {
        _home.WriteRawConfig("{ broken");

        var (exitCode, error) = await ErrorOfAsync();

        Assert.Equal((int)ServiceFailureKind.Unusable, exitCode);
        Assert.StartsWith("Gateway install failed: the configuration cannot be used", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/srv/elsewhere.service", "is a link to /srv/elsewhere.service")]
    [InlineData("/dev/null", "is masked")]
    public async Task Install_UnitIsALink_LeavesItAlone(string target, string error)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(UnitPath)!);
        File.CreateSymbolicLink(UnitPath, target);

        var (exitCode, text) = await ErrorOfAsync("--force");

        Assert.Equal((int)ServiceFailureKind.NotOurs, exitCode);
        Assert.Contains(error, text, StringComparison.Ordinal);
        Assert.Equal(target, new FileInfo(UnitPath).LinkTarget);
        Assert.Empty(_tools.Changes);
    }

    [Fact]
    public async Task Install_UnitIsADirectory_LeavesItAlone()
    {
        Directory.CreateDirectory(UnitPath);

        var (exitCode, text) = await ErrorOfAsync("--force");

        Assert.Equal((int)ServiceFailureKind.NotOurs, exitCode);
        Assert.Contains($"{UnitPath} is a directory", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_UnitOfSomethingElse_IsReplacedOnlyWithForce()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(UnitPath)!);
        await File.WriteAllTextAsync(UnitPath, "[Service]\nExecStart=/bin/true\n");
        // Not by its name: that is ours. What is in it has nothing to do with a gateway.
        var (exitCode, text) = await ErrorOfAsync();
        var (forced, _) = await ErrorOfAsync("--force");

        Assert.Equal((int)ServiceFailureKind.NotOurs, exitCode);
        Assert.Contains("was not written for a gateway", text, StringComparison.Ordinal);
        Assert.Equal(0, forced);
        Assert.Equal("[Service]\nExecStart=/bin/true\n", await File.ReadAllTextAsync(UnitPath + ".bak"));
    }

    [Fact]
    public async Task Install_DirectoryThatCannotBeMade_SaysSo()
    {
        // For root every directory can be written; a file in its place is one that nobody can.
        await File.WriteAllTextAsync(Path.Combine(_home.Path, ".config"), "");

        var (exitCode, text) = await ErrorOfAsync();

        Assert.NotEqual(0, exitCode);
        Assert.Contains($"{UnitPath} cannot be written: ", text, StringComparison.Ordinal);
        Assert.Empty(_tools.Changes);
    }

    [Fact]
    public async Task Install_ProgramInAStrangePlace_IsQuotedOrRefused()
    {
        var strange = Directory.CreateDirectory(Path.Combine(_home.Path, "50% of $HOME, and more")).FullName;
        File.Copy("/bin/true", Path.Combine(strange, "openclaw"));
        _home.Host = _home.Host with { ProgramPath = Path.Combine(strange, "openclaw") };
        await _home.RunAsync("gateway", "install");
        var quoted = await File.ReadAllTextAsync(UnitPath);
        var impossible = Path.Combine(_home.Path, "a\"b");
        File.Copy("/bin/true", impossible);
        _home.Host = _home.Host with { ProgramPath = impossible };

        var (exitCode, text) = await ErrorOfAsync("--force");

        Assert.Contains($"ExecStart=\"{_home.Path}/50%% of $HOME, and more/openclaw\" gateway --port ", quoted, StringComparison.Ordinal);
        Assert.Equal((int)ServiceFailureKind.Unusable, exitCode);
        Assert.Contains("systemd runs no program with quotes", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_VariableWithControlCharacters_IsRefused()
    {
        _home.Variables["OPENCLAW_STATE_DIR"] = _home.State + "\u0001";

        var (exitCode, text) = await ErrorOfAsync();

        Assert.Equal((int)ServiceFailureKind.Unusable, exitCode);
        Assert.Contains("OPENCLAW_STATE_DIR has control characters", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_LingerIsOff_IsSwitchedOnOrAdvised()
    {
        File.Delete(Path.Combine(_home.Path, "manager", "linger"));
        _tools.Refuse("enable-linger", "Could not enable linger: Interactive authentication required.");
        var advised = await _home.RunAsync("gateway", "install");
        File.Delete(Path.Combine(_home.Path, "manager", "fail", "enable-linger"));

        var done = await _home.RunAsync("gateway", "install", "--force");

        Assert.Equal(0, advised.ExitCode);
        Assert.Contains("Systemd lingering is disabled for tester. Run: sudo loginctl enable-linger tester", advised.Error, StringComparison.Ordinal);
        Assert.Contains("Enabled systemd lingering for tester.\n", done.Out, StringComparison.Ordinal);
        Assert.Equal("", done.Error);
    }

    private async Task<(int ExitCode, string Error)> ErrorOfAsync(params string[] flags)
    {
        var result = await _home.RunAsync(["gateway", "install", .. flags]);
        return (result.ExitCode, result.Error);
    }
}
