using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace OpenClaw.AppHost.Redis;

/// <summary>Whether containers can be started on this machine.</summary>
internal static class ContainerEngine
{
    /// <summary>An engine that runs answers in a second; one that has not after this is stuck.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks the engine that Aspire would take.</summary>
    /// <param name="configuration">Configuration with the environment in it.</param>
    public static bool IsRunning(IConfiguration configuration) =>
        (configuration["ASPIRE_CONTAINER_RUNTIME"] ?? configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"]) is { Length: > 0 } chosen
            ? Answers(chosen)
            : Answers("docker") || Answers("podman");

    private static bool Answers(string program)
    {
        try
        {
            // Needs the engine itself, which a version number does not.
            var start = new ProcessStartInfo(program, ["container", "ls", "--last", "1"]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start);
            if (process?.WaitForExit(Patience) == true)
                return process.ExitCode == 0;
            process?.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            // Not installed.
            return false;
        }
    }
}
