using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Onboard;

public sealed class InterviewTests : IDisposable
{
    private readonly CliHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Onboard_WithoutAKeyboard_SaysWhatToUse()
    {
        var result = await _home.RunAsync("onboard");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("--non-interactive", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_IsAskedAndWritten()
    {
        var port = FreePort.Next();
        var workspace = Path.Combine(_home.Path, "mine");
        // Risk, everything, here, workspace, model later, a port that is none and one that is, this machine, token, a token, no channel, no service.
        _home.Typed = ["yes", "manual", "local", workspace, "skip", "99999", $"{port}", "loopback", "token", "typed-token", "", "no"];

        var result = await _home.RunAsync("onboard");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("expected a number from 1 to 65535", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("typed-token", result.Out.Split("Control UI")[0], StringComparison.Ordinal);
        Assert.Equal("typed-token\n", (await _home.RunAsync("config", "get", "gateway.auth.token")).Out);
        Assert.Equal($"{port}\n", (await _home.RunAsync("config", "get", "gateway.port")).Out);
        Assert.True(File.Exists(Path.Combine(workspace, "AGENTS.md")));
        Assert.Contains("camera.snap", (await _home.RunAsync("config", "get", "gateway.nodes.denyCommands")).Out, StringComparison.Ordinal);
    }

    /// <summary>However many questions were answered: who leaves before the last has changed nothing.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(9)]
    public async Task LeavingAnywhere_ChangesNothing(int answered)
    {
        string[] answers = ["y", "manual", "local", Path.Combine(_home.Path, "mine"), "skip", "23050", "loopback", "token", "typed-token", ""];
        _home.Typed = [.. answers.Take(answered)];

        var result = await _home.RunAsync("onboard");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("Cancelled. Nothing was changed.\n", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_home.State));
        Assert.False(Directory.Exists(Path.Combine(_home.Path, "mine")));
    }

    [Fact]
    public async Task DecliningTheRisk_ChangesNothing()
    {
        _home.Typed = ["n"];

        Assert.Equal(1, (await _home.RunAsync("onboard")).ExitCode);
        Assert.False(Directory.Exists(_home.State));
    }

    /// <summary>Its own answer is taken as it stands, also where the home directory is shown under the name of its variable.</summary>
    [Fact]
    public async Task Workspace_TheUsualOne_IsThePathThatItIs()
    {
        _home.WriteConfig();
        _home.Typed = [""];

        var result = await _home.RunAsync("configure", "--section", "workspace");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(Path.Combine(_home.State, "workspace") + "\n", (await _home.RunAsync("config", "get", "agents.defaults.workspace")).Out);
    }

    [Fact]
    public async Task Configure_AsksOnlyAboutItsSection()
    {
        _home.WriteConfig("kept");
        _home.Typed = [Path.Combine(_home.Path, "other")];

        var result = await _home.RunAsync("configure", "--section", "workspace");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(Path.Combine(_home.Path, "other") + "\n", (await _home.RunAsync("config", "get", "agents.defaults.workspace")).Out);
        Assert.Equal("kept\n", (await _home.RunAsync("config", "get", "gateway.auth.token")).Out);
        Assert.Equal("configure\n", (await _home.RunAsync("config", "get", "wizard.lastRunCommand")).Out);
    }

    [Fact]
    public async Task ConfigAlone_IsConfigure()
    {
        _home.WriteConfig();
        _home.Typed = ["2", "skip"];

        var result = await _home.RunAsync("config");

        Assert.Contains("What do you want to change?", result.Out, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [InlineData("configure", "--section", "kitchen")]
    [InlineData("config", "--section", "kitchen")]
    public async Task AnUnknownSection_IsNamed(params string[] words)
    {
        var result = await _home.RunAsync(words);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Invalid --section: kitchen. Expected one of: workspace, model, web, gateway, daemon, channels, skills, health.", result.Error, StringComparison.Ordinal);
    }
}
