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

    /// <summary>The file of which a recorded <c>config.get</c> tells; the one secret in these recordings is put back.</summary>
    private static string RawAt(string file, int line) =>
        Transcript.Load(file).Lines[line - 1].Frame!.Value.GetProperty("payload").GetProperty("raw").GetString()!.Replace(Redacted, "sekret", StringComparison.Ordinal);
}
