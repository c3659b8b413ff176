using OpenClaw.Cli.Updates;

namespace OpenClaw.Cli.Services;

/// <summary>The program that a service starts.</summary>
internal static class ServiceProgram
{
    private const string Launcher = "openclaw";

    /// <summary>Program and first arguments, or why there is none.</summary>
    public static (IReadOnlyList<string> Command, ServiceFailure? Failure) Locate(ServiceHost host)
    {
        if (host.ProgramPath is not { } program || !File.Exists(program))
            return ([], new ServiceFailure(ServiceFailureKind.Unusable, "this program cannot tell where it is"));
        if (Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
            return ([program, host.AssemblyPath], null);
        return ([LauncherOf(program) ?? LinkTo(program) ?? program], null);
    }

    /// <summary>The link that always names the version in use, when the program is one of several that lie side by side: an update changes the link.</summary>
    private static string? LinkTo(string program) => InstallLayout.Of(program) is { } layout ? InstallLayout.ProgramIn(layout.Current) : null;

    /// <summary>
    /// The launcher of a checkout, when the program is one of its builds: those come and go with the sources, and a unit that names one would name a
    /// file that is gone. The launcher ends in the same process, so that signals reach the gateway.
    /// </summary>
    public static string? LauncherOf(string program)
    {
        var build = Path.GetDirectoryName(program);
        var builds = Path.GetDirectoryName(build);
        var artifacts = Path.GetDirectoryName(builds);
        if (Path.GetFileName(build)?.StartsWith("build-", StringComparison.Ordinal) is not true || Path.GetFileName(builds) != Launcher || Path.GetFileName(artifacts) != "artifacts")
            return null;
        var launcher = Path.Combine(Path.GetDirectoryName(artifacts)!, Launcher);
        return File.Exists(launcher) ? launcher : null;
    }
}
