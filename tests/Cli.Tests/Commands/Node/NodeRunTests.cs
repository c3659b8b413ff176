using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Node;

public sealed class NodeRunTests : IDisposable
{
    private readonly CliHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("--port", "0")]
    [InlineData("--port", "x")]
    [InlineData("--port", "70000")]
    [InlineData("--host", "a b")]
    [InlineData("--host", "user@host")]
    [InlineData("--host", "host/path")]
    public async Task Run_ATargetThatIsNone_FailsAtOnce(string option, string value)
    {
        var result = await _home.RunAsync("node", "run", option, value);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: {option} ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("install", "--host", "h")]
    public async Task Service_IsNotAvailable_AndSaysWhatToDo(string verb, params string[] more)
    {
        var result = await _home.RunAsync(["node", verb, .. more]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("openclaw node run", result.Error, StringComparison.Ordinal);
    }
}
