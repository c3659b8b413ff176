using System.Diagnostics;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests.Http;

/// <summary>Runs a program of somebody else to its end.</summary>
internal static class ProgramRun
{
    public static async Task<string> OutputOfAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.Combine(RepositoryRoot.Path, "tests", "npm") };
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        try
        {
            // Several requests, one after another, on a machine that others use too.
            await process.WaitForExitAsync().WaitAsync(4 * TestTimeouts.Wait);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {process.ExitCode}\n{await output}\n{await errors}");
        return await output;
    }
}
