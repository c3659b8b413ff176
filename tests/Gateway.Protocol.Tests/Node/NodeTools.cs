using System.ComponentModel;
using System.Diagnostics;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Protocol.Tests.Node;

/// <summary>Runs Node with the packages of tests/npm.</summary>
public static class NodeTools
{
    /// <summary>What installs the packages, to be run in the root of the repository.</summary>
    public const string InstallCommand = "npm ci --prefix tests/npm --ignore-scripts --no-audit --no-fund";

    /// <summary>The folder of scripts and packages.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryRoot.Path, "tests", "npm");

    /// <summary>A compiler takes seconds on an idle machine, and tests share theirs.</summary>
    private static readonly TimeSpan Wait = 4 * TestTimeouts.Wait;

    /// <summary>Why Node tests cannot run here, or null when they can.</summary>
    public static string? MissingReason { get; } = FindMissing();

    /// <summary>Runs <c>node</c> in <see cref="Folder"/> and gives what it wrote; fails the test when it fails.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Wait);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        Assert.True(process.ExitCode == 0, $"node {string.Join(' ', arguments)}\n{await output}\n{await errors}");
        return await output;
    }

    private static Process Start(IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;

    private static string? FindMissing()
    {
        foreach (var package in new[] { "ajv", "typescript" })
        {
            if (!File.Exists(Path.Combine(Folder, "node_modules", package, "package.json")))
                return $"The npm package {package} is not installed; run: {InstallCommand}";
        }
        try
        {
            using var process = Start(["--version"]);
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : "node --version failed.";
        }
        catch (Win32Exception)
        {
            return "node is not on the PATH.";
        }
    }
}
