using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Agents.Options;

/// <summary>How many runs may work at once in each global lane.</summary>
internal sealed record LaneOptions(int Main, int Subagent, int Cron)
{
    public static LaneOptions From(JsonObject root)
    {
        var config = new ConfigSection(root);
        var defaults = config.Section("agents").Section("defaults");
        return new LaneOptions(
            Main: Math.Max(1, defaults.Int("maxConcurrent") ?? 4),
            Subagent: Math.Max(1, defaults.Section("subagents").Int("maxConcurrent") ?? 8),
            Cron: Math.Max(1, config.Section("cron").Int("maxConcurrentRuns") ?? 1));
    }

    /// <summary>A lane nobody configured takes one run at a time.</summary>
    public int For(string lane) => lane switch
    {
        LaneNames.Main => Main,
        LaneNames.Subagent => Subagent,
        LaneNames.Cron => Cron,
        _ => 1,
    };
}
