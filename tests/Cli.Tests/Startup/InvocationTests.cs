using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Tests.Startup;

public sealed class InvocationTests
{
    [Theory]
    [InlineData("--dev gateway", "dev", "gateway")]
    [InlineData("--profile main gateway --port 1", "main", "gateway --port 1")]
    [InlineData("--profile=rescue status", "rescue", "status")]
    [InlineData("gateway --profile main", null, "gateway --profile main")]
    public void Parse_ProfileFlags_AreTakenOffOnlyInFrontOfTheCommand(string line, string? profile, string rest)
    {
        var invocation = Invocation.Parse(line.Split(' '));

        Assert.Null(invocation.Error);
        Assert.Equal(profile, invocation.Profile);
        Assert.Equal(rest, string.Join(' ', invocation.Arguments));
    }

    [Theory]
    [InlineData("--profile", "--profile requires a value")]
    [InlineData("--profile= status", "--profile requires a value")]
    [InlineData("--profile --dev status", "--profile requires a value")]
    [InlineData("--profile ../x status", "Invalid --profile (use letters, numbers, \"_\", \"-\" only)")]
    [InlineData("--profile -x status", "--profile requires a value")]
    [InlineData("--dev --profile x status", "Cannot combine --dev with --profile")]
    public void Parse_WrongProfileFlags_AreRefused(string line, string error) =>
        Assert.Equal(error, Invocation.Parse(line.Split(' ')).Error);

    [Theory]
    [InlineData("--version", true)]
    [InlineData("-v", true)]
    [InlineData("gateway -V", true)]
    [InlineData("agent --message -v", false)]
    [InlineData("agent -- -v", false)]
    public void Parse_Version_IsAskedForAnywhereButAsAValue(string line, bool asked) =>
        Assert.Equal(asked, Invocation.Parse(line.Split(' ')).ShowVersion);

    [Fact]
    public void Parse_NoColor_IsTakenOffAnywhere()
    {
        var invocation = Invocation.Parse(["logs", "--no-color", "--follow"]);

        Assert.True(invocation.NoColor);
        Assert.Equal(["logs", "--follow"], invocation.Arguments);
    }
}
