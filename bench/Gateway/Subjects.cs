using System.Globalization;
using OpenClaw.Benchmarks.Bare;

namespace OpenClaw.Benchmarks.Gateway;

/// <summary>The servers that are compared.</summary>
internal static class Subjects
{
    public const string Token = "benchmark-token-0123456789";

    /// <summary>This checkout's gateway, as <c>./openclaw</c> publishes and starts it.</summary>
    public static Subject OpenClaw(string root, string home) => new()
    {
        Name = "`./openclaw`",
        FileName = Path.Combine(root, "openclaw"),
        ServerArguments = static _ => ["gateway"],
        ClientArguments = static _ => ["gateway", "health"],
        Environment = GatewayHome(home),
    };

    /// <summary>A folder of eng/package.</summary>
    public static Subject Packaged(string name, string folder, string home) => OpenClaw(folder, home) with { Name = name };

    /// <summary>A Kestrel WebSocket that answers a fixed frame, with the garbage collector set as the gateway's is.</summary>
    public static Subject Bare() => new()
    {
        Name = "bare Kestrel WebSocket",
        FileName = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "OpenClaw.Benchmarks.exe" : "OpenClaw.Benchmarks"),
        ServerArguments = static port => [BareServer.Command, Number(port)],
        ClientArguments = static port => [BareClient.Command, Number(port)],
        Environment = new Dictionary<string, string> { ["DOTNET_gcConcurrent"] = "0", ["DOTNET_gcServer"] = "0", ["DOTNET_TieredPGO"] = "0" },
    };

    /// <summary>The original, from the directory that <c>tests/Conformance.Tests/install-peer</c> filled.</summary>
    public static Subject Peer(string directory, string home)
    {
        var modules = Path.Combine(directory, "node_modules");
        var node = Directory.GetDirectories(modules, "node-*").Select(package => Path.Combine(package, "bin", "node")).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"There is no Node in {modules}; run tests/Conformance.Tests/install-peer.");
        var script = Path.Combine(modules, "openclaw", "openclaw.mjs");
        return new Subject
        {
            Name = "original 2026.2.9",
            FileName = node,
            ServerArguments = _ => [script, "gateway"],
            ClientArguments = _ => [script, "gateway", "health"],
            Environment = GatewayHome(home),
            Repeats = 5,
            CallsPerConnection = 2_000,
        };
    }

    private static Dictionary<string, string> GatewayHome(string home)
    {
        var state = Directory.CreateDirectory(Path.Combine(home, "state")).FullName;
        var log = Path.Combine(home, "log").Replace("\\", "/", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(state, "openclaw.json"), $$$"""{"gateway":{"mode":"local","auth":{"token":"{{{Token}}}"}},"logging":{"file":"{{{log}}}"}}""");
        return new Dictionary<string, string>
        {
            ["HOME"] = home,
            ["OPENCLAW_HOME"] = home,
            ["OPENCLAW_STATE_DIR"] = state,
            ["OPENCLAW_GATEWAY_TOKEN"] = Token,
            ["OPENCLAW_DISABLE_BONJOUR"] = "1",
            ["OPENCLAW_SKIP_BROWSER_CONTROL_SERVER"] = "1",
            ["NO_COLOR"] = "1",
        };
    }

    private static string Number(int port) => port.ToString(CultureInfo.InvariantCulture);
}
