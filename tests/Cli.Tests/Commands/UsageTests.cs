using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands;

public sealed class UsageTests
{
    [Theory]
    [InlineData("bogus", "error: unknown command 'bogus'\n(Did you mean logs?)\n")]
    [InlineData("zzzzzzzzzz", "error: unknown command 'zzzzzzzzzz'\n")]
    [InlineData("queue lisst", "error: unknown command 'lisst'\n(Did you mean list?)\n")]
    [InlineData("config gett", "error: too many arguments for 'config'. Expected 0 arguments but got 1.\n")]
    [InlineData("gateway bogus", "error: too many arguments for 'gateway'. Expected 0 arguments but got 1.\n")]
    [InlineData("gateway --bogus", "error: unknown option '--bogus'\n")]
    [InlineData("agent", "error: required option '-m, --message <text>' not specified\n")]
    [InlineData("gateway call", "error: missing required argument 'method'\n")]
    [InlineData("health extra", "error: too many arguments for 'health'. Expected 0 arguments but got 1.\n")]
    public async Task Run_WrongWords_AreNamed(string line, string error)
    {
        using var home = new CliHome();

        var result = await home.RunAsync(line.Split(' '));

        Assert.Equal(new CommandResult(1, "", error), result);
    }

    [Fact]
    public async Task Run_ProfileBehindTheCommand_SaysWhereItBelongs()
    {
        using var home = new CliHome();

        var result = await home.RunAsync("gateway", "--dev");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("openclaw --dev gateway", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("queue", 1)]
    [InlineData("--help", 0)]
    [InlineData("help config", 0)]
    [InlineData("gateway --help", 0)]
    [InlineData("agent --help", 0)]
    public async Task Run_Help_IsOnStandardOutputAndAGroupAloneFails(string line, int exitCode)
    {
        using var home = new CliHome();

        var result = await home.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains("Usage:", result.Out, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task Process_Version_IsTheNumberAlone()
    {
        using var home = new CliHome();

        var result = await OpenClawProcess.RunAsync(home, "--version");

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", result.Out);
    }

    [Fact]
    public async Task Process_WrongProfileFlags_EndWithTwo()
    {
        using var home = new CliHome();

        var result = await OpenClawProcess.RunAsync(home, "--dev", "--profile", "x", "status");

        Assert.Equal(new CommandResult(2, "", "[openclaw] Cannot combine --dev with --profile\n"), result);
    }
}
