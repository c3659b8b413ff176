using System.Collections.Immutable;
using System.Globalization;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Agents.Roster;

/// <summary>One configured agent as clients see it.</summary>
internal sealed record RosterAgent(string Id, string? Name, bool IsDefault, RosterIdentity? Identity, HeartbeatSettings Heartbeat);

/// <summary>An agent's persona from <c>agents.list[].identity</c>.</summary>
internal sealed record RosterIdentity(string? Name, string? Theme, string? Emoji, string? Avatar);

/// <summary><c>agents.defaults.heartbeat</c> and an agent's own <c>heartbeat</c> over it.</summary>
internal sealed record HeartbeatSettings(string Every, string Prompt, string Target, string? Model, int AckMaxChars)
{
    public const string DefaultPrompt =
        "Look at HEARTBEAT.md in the workspace if it exists and do what it asks for now. Do not repeat tasks from earlier turns. If nothing is due, answer HEARTBEAT_OK.";

    /// <summary>Interval in milliseconds; null when it is off or cannot be read.</summary>
    public long? EveryMs => ParseDuration(Every) is { } ms and > 0 ? ms : null;

    private static long? ParseDuration(string text)
    {
        var number = text.Trim();
        var (suffix, ms) = number switch
        {
            _ when number.EndsWith("ms", StringComparison.Ordinal) => (2, 1d),
            _ when number.EndsWith('s') => (1, 1000d),
            _ when number.EndsWith('m') => (1, 60_000d),
            _ when number.EndsWith('h') => (1, 3_600_000d),
            _ when number.EndsWith('d') => (1, 86_400_000d),
            // A bare number counts minutes.
            _ => (0, 60_000d),
        };
        return double.TryParse(number[..^suffix], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? (long)(value * ms) : null;
    }
}

/// <summary>All agents of a configuration; there is always at least one.</summary>
internal sealed record AgentRoster(ImmutableArray<RosterAgent> Agents)
{
    public RosterAgent Default => Agents.First(agent => agent.IsDefault);

    public RosterAgent? Find(string id) => Agents.FirstOrDefault(agent => agent.Id == id);

    public static AgentRoster Of(ConfigSnapshot snapshot)
    {
        var agents = snapshot.Root.Section("agents");
        var list = agents.Sections("list").Where(agent => agent.Text("id") is not null).ToArray();
        var defaults = agents.Section("defaults").Section("heartbeat");
        // Once one agent has a heartbeat of its own, only those that have one run it.
        var ownOnly = list.Any(agent => agent.Section("heartbeat").Exists);
        if (list.Length == 0)
            return new AgentRoster([new RosterAgent("main", null, true, null, Heartbeat(default, defaults, runs: true))]);
        var chosen = Math.Max(0, Array.FindIndex(list, agent => agent.Bool("default") == true));
        return new AgentRoster([.. list.Select((agent, index) => new RosterAgent(
            agent.Text("id")!.ToLowerInvariant(),
            agent.Text("name"),
            index == chosen,
            Identity(agent.Section("identity")),
            Heartbeat(agent.Section("heartbeat"), defaults, runs: ownOnly ? agent.Section("heartbeat").Exists : index == chosen)))]);
    }

    private static HeartbeatSettings Heartbeat(ConfigSection own, ConfigSection defaults, bool runs) => new(
        runs ? own.Text("every") ?? defaults.Text("every") ?? "30m" : "disabled",
        own.Text("prompt") ?? defaults.Text("prompt") ?? HeartbeatSettings.DefaultPrompt,
        own.Text("target") ?? defaults.Text("target") ?? "last",
        own.Text("model") ?? defaults.Text("model"),
        own.Int("ackMaxChars") ?? defaults.Int("ackMaxChars") ?? 300);

    private static RosterIdentity? Identity(ConfigSection section) =>
        section.Exists ? new RosterIdentity(section.Text("name"), section.Text("theme"), section.Text("emoji"), section.Text("avatar")) : null;
}
