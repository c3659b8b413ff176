using System.IO.Enumeration;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Agents.Tools.Sessions;

/// <summary>The meaning of <c>tools.agentToAgent</c>: whether an agent may look at the sessions of another.</summary>
/// <param name="Enabled">False closes all sessions but an agent's own.</param>
/// <param name="Allow">Agent ids and wildcards of which both sides must match one; empty means everybody.</param>
internal sealed record AgentToAgentPolicy(bool Enabled, IReadOnlyList<string> Allow)
{
    public static AgentToAgentPolicy From(JsonObject root)
    {
        var section = new ConfigSection(root).Section("tools").Section("agentToAgent");
        return new AgentToAgentPolicy(section.Bool("enabled") == true, section.WrittenStrings("allow") ?? []);
    }

    /// <summary>Why the one may not look at the other; null when it may.</summary>
    public string? Refusal(string requesterAgentId, string targetAgentId)
    {
        if (requesterAgentId == targetAgentId)
            return null;
        if (!Enabled)
            return "Sessions of other agents are closed to this one; tools.agentToAgent.enabled=true opens them.";
        return Matches(requesterAgentId) && Matches(targetAgentId) ? null : "tools.agentToAgent.allow does not let this agent look at that one.";
    }

    private bool Matches(string agentId) => Allow.Count == 0 || Allow.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern.Trim(), agentId));
}
