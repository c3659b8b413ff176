using OpenClaw.Testing;

namespace OpenClaw.AppHost.Tests;

/// <summary>The files under <c>deploy</c> are those that the app model makes.</summary>
public sealed class PublishTests
{
    [Theory]
    [InlineData("compose")]
    [InlineData("kubernetes")]
    public async Task CommittedFiles_AreTheGeneratedOnes(string deployment)
    {
        using var output = new TempDirectory();

        var (code, log) = await AppHostProgram.RunAsync("--operation", "publish", "--step", "publish", "--output-path", output.Path, $"--Parameters:deployment={deployment}");

        var committed = Path.Combine(RepositoryRoot.Path, "deploy", deployment);
        var generated = Directory.EnumerateFiles(output.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(output.Path, file)).ToList();
        Assert.True(code == 0 && generated.Count > 1, log);
        // What is generated as .env stands there as env.example: a name that nobody fills in by mistake and commits.
        Assert.All(generated, file => Assert.Equal(
            File.ReadAllText(Path.Combine(output.Path, file)).ReplaceLineEndings("\n"),
            File.ReadAllText(Path.Combine(committed, file == ".env" ? "env.example" : file)).ReplaceLineEndings("\n")));
    }
}
