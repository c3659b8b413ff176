using System.Diagnostics;
using OpenClaw.Testing;

namespace OpenClaw.AppHost.Tests;

/// <summary>The AppHost as a process of its own, for what ends by itself.</summary>
internal static class AppHostProgram
{
    /// <summary>Runs it to its end, and returns the exit code and all that it printed.</summary>
    public static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Projects.AppHost).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        try
        {
            var lines = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(TestTimeouts.Wait * 4);
            await process.WaitForExitAsync().WithTimeout();
            return (process.ExitCode, string.Concat(lines));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
