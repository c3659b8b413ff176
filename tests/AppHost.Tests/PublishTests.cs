using System.Diagnostics;
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

        var log = await PublishAsync(deployment, output.Path);

        var committed = Path.Combine(RepositoryRoot.Path, "deploy", deployment);
        var generated = Directory.EnumerateFiles(output.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(output.Path, file)).ToList();
        Assert.True(generated.Count > 1, log);
        // What is generated as .env stands there as env.example: a name that nobody fills in by mistake and commits.
        Assert.All(generated, file => Assert.Equal(
            File.ReadAllText(Path.Combine(output.Path, file)).ReplaceLineEndings("\n"),
            File.ReadAllText(Path.Combine(committed, file == ".env" ? "env.example" : file)).ReplaceLineEndings("\n")));
    }

    private static async Task<string> PublishAsync(string deployment, string directory)
    {
        var program = typeof(Projects.AppHost).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program, "--operation", "publish", "--step", "publish", "--output-path", directory, $"--Parameters:deployment={deployment}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var lines = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(TestTimeouts.Wait * 4);
        await process.WaitForExitAsync().WithTimeout();
        return string.Concat(lines);
    }
}
