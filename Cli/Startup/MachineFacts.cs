using System.Runtime.InteropServices;

namespace OpenClaw.Cli.Startup;

/// <summary>The operating system in the words that status reports have always used, which are Node's.</summary>
/// <param name="Platform">linux, darwin, win32 or freebsd.</param>
/// <param name="Release">Kernel release.</param>
/// <param name="Architecture">x64, arm64 …</param>
internal sealed record MachineFacts(string Platform, string Release, string Architecture)
{
    private const string LinuxRelease = "/proc/sys/kernel/osrelease";

    public string Label => $"{Platform} {Release} ({Architecture})";

    public static MachineFacts Read() => new(
        OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsFreeBSD() ? "freebsd" : "linux",
        File.Exists(LinuxRelease) ? File.ReadAllText(LinuxRelease).Trim() : Environment.OSVersion.Version.ToString(3),
        RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant());
}
