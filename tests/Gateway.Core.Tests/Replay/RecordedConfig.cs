using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Replay;

/// <summary>The recordings whose clients changed the configuration: the file is written as the recorded gateway left it after each call.</summary>
internal static class RecordedConfig
{
    private const string Redacted = "__OPENCLAW_REDACTED__";

    /// <summary>The token came from the environment.</summary>
    public static ReplayScenario FromEnvironment { get; } = new() { Config = null, Variables = new Dictionary<string, string> { ["OPENCLAW_GATEWAY_TOKEN"] = "tok-b" } };

    public static ReplayScenario ChannelsPlugins { get; } = FromEnvironment with { Variables = new Dictionary<string, string> { ["OPENCLAW_GATEWAY_TOKEN"] = "tok-h" } };

    public static ReplayScenario Config { get; } = FromEnvironment with
    {
        Before = new Dictionary<int, Func<GatewayTestHost, Task>>
        {
            [15] = host => host.ConfigureAsync(RawAt("config", 16)),
            [23] = host => host.ConfigureAsync(RawAt("config", 24)),
        },
    };

    public static ReplayScenario ConfigPatchRestart { get; } = FromEnvironment with
    {
        Config = RawAt("config-patch-restart", 6),
        Before = new Dictionary<int, Func<GatewayTestHost, Task>> { [15] = host => host.ConfigureAsync(RawAt("config-patch-restart", 16)) },
    };

    public static ReplayScenario AgentsCrud { get; } = FromEnvironment with
    {
        Before = new Dictionary<int, Func<GatewayTestHost, Task>>
        {
            [11] = host => ConfigureAgentAsync(host, "Ops Bot", "- Name: Ops Bot\n- Emoji: \U0001F916\n- Avatar: a.png\n"),
            [17] = host => ConfigureAgentAsync(host, "Ops 2", "- Name: Ops Bot\n- Emoji: \U0001F916\n- Avatar: a.png\n\n- Avatar: https://x/y.png\n"),
            [30] = static host => host.ConfigureAsync("{}"),
        },
    };

    /// <summary>The file of which a recorded <c>config.get</c> tells; the one secret in these recordings is put back.</summary>
    private static string RawAt(string file, int line) =>
        Transcript.Load(file).Lines[line - 1].Frame!.Value.GetProperty("payload").GetProperty("raw").GetString()!.Replace(Redacted, "sekret", StringComparison.Ordinal);

    private static async Task ConfigureAgentAsync(GatewayTestHost host, string name, string identity)
    {
        var workspace = Path.Combine(Path.GetDirectoryName(host.StateDirectory)!, "ws-ops");
        Directory.CreateDirectory(workspace);
        await File.WriteAllTextAsync(Path.Combine(workspace, "IDENTITY.md"), identity);
        await host.ConfigureAsync($$"""{ agents: { list: [{ id: "main" }, { id: "ops-bot", name: "{{name}}", workspace: "{{workspace}}" }] } }""");
    }
}
