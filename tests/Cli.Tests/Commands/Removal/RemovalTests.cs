using OpenClaw.Cli.Tests.Services;
using OpenClaw.Cli.Tests.Support;
using OpenClaw.Gateway.Core.Processes;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Commands.Removal;

public sealed class RemovalTests : IDisposable
{
    private readonly CliHome _home = new();
    private readonly TempDirectory _elsewhere = new();

    public void Dispose()
    {
        _home.Dispose();
        _elsewhere.Dispose();
    }

    [Theory]
    [InlineData("config", "agents/main/sessions/s.jsonl credentials/x.json devices/paired.json workspace/SOUL.md")]
    [InlineData("config+creds+sessions", "workspace/SOUL.md")]
    [InlineData("full", "")]
    public async Task Reset_EachScope_RemovesThatAndNoMore(string scope, string left)
    {
        Fill();

        var planned = await _home.RunAsync("reset", "--scope", scope, "--dry-run");
        var before = Files();
        var result = await _home.RunAsync("reset", "--scope", scope, "--yes", "--non-interactive");

        Assert.Equal(0, planned.ExitCode);
        Assert.Equal(6, before.Count);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(planned.Out.Replace("[dry-run] remove ", "Removed ", StringComparison.Ordinal), result.Out);
        Assert.Equal(left, string.Join(' ', Files()));
        Assert.Equal(scope != "full", Directory.Exists(_home.State));
    }

    [Fact]
    public async Task Reset_NobodyAgrees_RemovesNothing()
    {
        Fill();

        Assert.Equal(new CommandResult(1, "", "Nothing was removed. Without questions: --yes\n"), await _home.RunAsync("reset", "--scope", "full", "--non-interactive"));
        Assert.Equal(6, Files().Count);
    }

    [Theory]
    [InlineData("reset", "error: required option '--scope <scope>' not specified. Allowed choices are config, config+creds+sessions, full.\n")]
    [InlineData("reset --scope everything", "error: option '--scope <scope>' argument 'everything' is invalid. Allowed choices are config, config+creds+sessions, full.\n")]
    [InlineData("uninstall --yes", "error: say what to remove: --service, --state, --workspace or --all\n")]
    public async Task Removal_WrongWords_AreNamed(string line, string error) =>
        Assert.Equal(new CommandResult(1, "", error), await _home.RunAsync(line.Split(' ')));

    [Fact]
    public async Task Reset_GatewayRuns_IsRefused()
    {
        Fill();
        var path = GatewayLock.PathFor(_home.Environment());
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, $$"""{"pid":{{Environment.ProcessId}},"createdAt":"{{DateTime.UtcNow:O}}","configPath":"x"}""");

        var result = await _home.RunAsync("reset", "--scope", "full", "--yes");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("Stop it first.\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(6, Files().Count);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("HOME")]
    [InlineData("PARENT")]
    public async Task Uninstall_StateThatIsRootOrHome_IsRefused(string state)
    {
        _home.Variables["OPENCLAW_STATE_DIR"] = state switch { "HOME" => _home.Path, "PARENT" => Path.GetDirectoryName(_home.Path)!, _ => state };
        await File.WriteAllTextAsync(Path.Combine(_home.Path, "openclaw.json"), "{}");

        var result = await _home.RunAsync("uninstall", "--state", "--yes");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Error: nothing was removed: ", result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_home.Path, "openclaw.json")));
    }

    [Fact]
    public async Task Uninstall_DirectoryThatIsNoState_IsRefused()
    {
        await File.WriteAllTextAsync(_elsewhere["thesis.txt"], "years");
        _home.Variables["OPENCLAW_STATE_DIR"] = _elsewhere.Path;

        var result = await _home.RunAsync("uninstall", "--all", "--yes");

        Assert.Equal(1, result.ExitCode);
        Assert.True(File.Exists(_elsewhere["thesis.txt"]));
    }

    [Fact]
    public async Task Uninstall_WorkspaceElsewhere_GoesOnlyWhenItIsAskedFor()
    {
        Fill();
        var workspace = _elsewhere["agent"];
        Directory.CreateDirectory(workspace);
        _home.WriteRawConfig($$"""{ agents: { defaults: { workspace: "{{workspace}}" } } }""");

        await _home.RunAsync("uninstall", "--state", "--yes");
        Assert.True(Directory.Exists(workspace));
        _home.WriteRawConfig($$"""{ agents: { defaults: { workspace: "{{workspace}}" } } }""");
        var result = await _home.RunAsync("uninstall", "--all", "--yes");

        Assert.Equal(0, result.ExitCode);
        Assert.False(Directory.Exists(workspace));
        Assert.Equal(new CommandResult(0, "There is nothing to remove.\n", ""), await _home.RunAsync("uninstall", "--all", "--yes"));
    }

    [Fact]
    public async Task Uninstall_Service_IsStoppedAndRemovedFirst()
    {
        Fill();
        var tools = new ServiceTools(_home).WithSystemd();
        await _home.RunAsync("gateway", "install");

        var planned = await _home.RunAsync("uninstall", "--all", "--dry-run");
        var asked = await _home.RunAsync("uninstall", "--all", "--non-interactive");
        var result = await _home.RunAsync("uninstall", "--all", "--yes");

        Assert.StartsWith("[dry-run] remove gateway service $OPENCLAW_HOME/.config/systemd/user/openclaw-gateway.service\n", planned.Out, StringComparison.Ordinal);
        Assert.Equal(1, asked.ExitCode);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.False(tools.IsEnabled("openclaw-gateway.service"));
        Assert.False(File.Exists(Path.Combine(_home.Path, ".config", "systemd", "user", "openclaw-gateway.service")));
        Assert.False(Directory.Exists(_home.State));
    }

    private void Fill()
    {
        _home.WriteConfig();
        foreach (var name in (string[])["openclaw.json.bak", "credentials/x.json", "devices/paired.json", "agents/main/sessions/s.jsonl", "workspace/SOUL.md"])
        {
            var path = Path.Combine(_home.State, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "{}");
        }
    }

    private List<string> Files() => Directory.Exists(_home.State)
        ? [.. Directory.EnumerateFiles(_home.State, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_home.State, path)).Order(StringComparer.Ordinal)]
        : [];
}
