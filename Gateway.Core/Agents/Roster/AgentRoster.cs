using System.Collections.Immutable;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Agents.Roster;

/// <summary>One configured agent as clients see it.</summary>
internal sealed record RosterAgent(string Id, string? Name, bool IsDefault, RosterIdentity? Identity, HeartbeatSettings Heartbeat);

/// <summary>An agent's persona from <c>agents.list[].identity</c>.</summary>
internal sealed record RosterIdentity(string? Name, string? Theme, string? Emoji, string? Avatar);

/// <summary>
/// <c>agents.defaults.heartbeat</c> and an agent's own <c>heartbeat</c> over it. Nothing runs heartbeats in this gateway yet, so
/// whatever interval is configured, clients are told that they are off.
/// </summary>
internal sealed record HeartbeatSettings(string Prompt, string Target, string? Model, int AckMaxChars)
{
    /// <summary>How the interval of a heartbeat that does not run is written.</summary>
    public const string Disabled = "disabled";

    public const string DefaultPrompt =
        "Look at HEARTBEAT.md in the workspace if it exists and do what it asks for now. Do not repeat tasks from earlier turns. If nothing is due, answer HEARTBEAT_OK.";
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
        if (list.Length == 0)
            return new AgentRoster([new RosterAgent("main", null, true, null, Heartbeat(default, defaults))]);
        var chosen = Math.Max(0, Array.FindIndex(list, agent => agent.Bool("default") == true));
        return new AgentRoster([.. list.Select((agent, index) => new RosterAgent(
            agent.Text("id")!.ToLowerInvariant(),
            agent.Text("name"),
            index == chosen,
            Identity(agent.Section("identity")),
            Heartbeat(agent.Section("heartbeat"), defaults)))]);
    }

    private static HeartbeatSettings Heartbeat(ConfigSection own, ConfigSection defaults) => new(
        own.Text("prompt") ?? defaults.Text("prompt") ?? HeartbeatSettings.DefaultPrompt,
        own.Text("target") ?? defaults.Text("target") ?? "last",
        own.Text("model") ?? defaults.Text("model"),
        own.Int("ackMaxChars") ?? defaults.Int("ackMaxChars") ?? 300);

    private static RosterIdentity? Identity(ConfigSection section) =>
        section.Exists ? new RosterIdentity(section.Text("name"), section.Text("theme"), section.Text("emoji"), section.Text("avatar")) : null;
}
