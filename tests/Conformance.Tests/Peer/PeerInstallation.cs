using System.Runtime.InteropServices;
using OpenClaw.Conformance.Tests.Processes;

namespace OpenClaw.Conformance.Tests.Peer;

/// <summary>Where <c>install-peer</c> put the original, if it did.</summary>
internal static class PeerInstallation
{
    public static string Directory { get; } = FindDirectory();

    /// <summary>Why there is no peer to run, or null when there is one.</summary>
    public static string? Missing { get; } =
        !File.Exists(Program.FileName) ? $"no Node of the peer at {Program.FileName}; run tests/Conformance.Tests/install-peer (OPENCLAW_PEER_DIR says where)"
        : !File.Exists(Program.Leading[0]) ? $"no peer at {Program.Leading[0]}; run tests/Conformance.Tests/install-peer (OPENCLAW_PEER_DIR says where)"
        : null;

    public static ProgramPath Program => new(
        Path.Combine(Directory, "node_modules", NodePackage, "bin", "node"), Path.Combine(Directory, "node_modules", "openclaw", "openclaw.mjs"));

    private static string NodePackage =>
        $"node-{(OperatingSystem.IsMacOS() ? "darwin" : "linux")}-{(RuntimeInformation.OSArchitecture is Architecture.Arm64 ? "arm64" : "x64")}";

    private static string FindDirectory()
    {
        if (Environment.GetEnvironmentVariable("OPENCLAW_PEER_DIR") is { Length: > 0 } chosen)
            return chosen;
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(cache, "openclaw-conformance");
    }
}

/// <summary>A test that needs the original. Without it the test is skipped, and says what to run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PeerFactAttribute : FactAttribute
{
    public PeerFactAttribute() => Skip = PeerInstallation.Missing;
}
