using System.Diagnostics;
using OpenClaw.Cli.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Commands.Completion;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("openclaw con", "config\nconfigure")]
    [InlineData("openclaw config va", "validate")]
    [InlineData("openclaw devices --json app", "approve")]
    [InlineData("openclaw doctor --non", "--non-interactive")]
    public async Task Bash_WordsTypedSoFar_AreCompleted(string line, string expected)
    {
        using var home = new CliHome();
        var script = Path.Combine(home.Path, "completion.bash");
        await File.WriteAllTextAsync(script, (await home.RunAsync("completion", "-s", "bash")).Out);
        var words = line.Split(' ');

        var offered = await BashAsync($". '{script}'; COMP_WORDS=({string.Join(' ', words)}); COMP_CWORD={words.Length - 1}; _openclaw; printf '%s\\n' \"${{COMPREPLY[@]}}\"");

        Assert.Equal(expected + "\n", offered);
    }

    [Theory]
    [InlineData("zsh", "#compdef openclaw\n")]
    [InlineData("fish", "complete -c openclaw -f -n \"__openclaw_at 'config'\" -a 'validate' -d 'Check the file")]
    [InlineData("powershell", "Register-ArgumentCompleter -Native -CommandName openclaw")]
    public async Task Script_OfEachShell_KnowsTheCommands(string shell, string expected)
    {
        using var home = new CliHome();

        var result = await home.RunAsync("completion", "-s", shell);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(expected, result.Out, StringComparison.Ordinal);
        Assert.Contains("gateway call", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_ShellThatIsNone_IsRefused()
    {
        using var home = new CliHome();

        var result = await home.RunAsync("completion", "-s", "tcsh");

        Assert.Equal(new CommandResult(1, "", "error: option '-s, --shell <shell>' argument 'tcsh' is invalid. Allowed choices are zsh, bash, powershell, fish.\n"), result);
    }

    [Fact]
    public async Task WriteState_WritesAllFourAndPrintsNothing()
    {
        using var home = new CliHome();

        var result = await home.RunAsync("completion", "--write-state");

        Assert.Equal(new CommandResult(0, "", ""), result);
        Assert.Equal(["openclaw.bash", "openclaw.fish", "openclaw.ps1", "openclaw.zsh"], Directory.EnumerateFiles(Path.Combine(home.State, "completions")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Install_Twice_AddsTheLineOnceAndKeepsTheRest()
    {
        using var home = new CliHome();
        var profile = Path.Combine(home.Path, ".bashrc");
        await File.WriteAllTextAsync(profile, "alias x=y");

        var first = await home.RunAsync("completion", "-s", "bash", "-i", "-y");
        await home.RunAsync("completion", "-s", "bash", "-i", "-y");

        Assert.Equal(0, first.ExitCode);
        var script = Path.Combine(home.State, "completions", "openclaw.bash");
        Assert.Equal($"alias x=y\n# OpenClaw Completion\n[ -f '{script}' ] && . '{script}'\n", await File.ReadAllTextAsync(profile));
        Assert.Equal("", await BashAsync($". '{profile}'; complete -p openclaw > /dev/null"));
    }

    [Fact]
    public async Task Install_AHomeWithAnApostrophe_LeavesAProfileThatAShellCanRead()
    {
        using var home = new CliHome();
        home.Variables["OPENCLAW_STATE_DIR"] = Path.Combine(home.Path, "o'brien");

        await home.RunAsync("completion", "-s", "bash", "-i", "-y");

        Assert.Equal("", await BashAsync($". '{Path.Combine(home.Path, ".bashrc")}'; complete -p openclaw > /dev/null"));
    }

    [Fact]
    public async Task Install_NobodyToAsk_ChangesNothing()
    {
        using var home = new CliHome();

        var result = await home.RunAsync("completion", "-s", "bash", "-i");

        Assert.Equal(1, result.ExitCode);
        Assert.False(File.Exists(Path.Combine(home.Path, ".bashrc")));
    }

    private static async Task<string> BashAsync(string command)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["--norc", "-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = bash.StandardOutput.ReadToEndAsync();
        var error = bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync().WithTimeout();
        Assert.Equal("", await error);
        return await output;
    }
}
