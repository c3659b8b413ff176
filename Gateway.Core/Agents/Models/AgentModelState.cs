using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Agents.Models;

/// <summary>Whether an agent has a model that it can ask.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Model">Its first model, <c>provider/id</c>.</param>
/// <param name="Problem">Why that cannot be called, e.g. because its key is missing; null when it can.</param>
/// <param name="IsOffline">No model is configured and no key found: a placeholder answers that comes with the gateway.</param>
/// <param name="ProfilesPath">The file with the agent's stored keys, whether or not it exists.</param>
public sealed record AgentModelState(string AgentId, string Model, string? Problem, bool IsOffline, string ProfilesPath)
{
    /// <summary>Looks at all agents of a configuration. Nobody is asked over the network.</summary>
    /// <param name="snapshot">A valid configuration.</param>
    /// <param name="environment">The instance.</param>
    /// <param name="time">Clock, for keys that expire.</param>
    public static IReadOnlyList<AgentModelState> Of(ConfigSnapshot snapshot, GatewayEnvironment environment, TimeProvider time)
    {
        var configuration = new FixedAgents(snapshot, environment);
        var keys = new ProviderKeys(configuration, time);
        var models = new ModelResolver(configuration, keys);
        return [.. AgentRoster.Of(snapshot).Agents.Select(agent =>
        {
            var options = AgentOptions.From(snapshot.Config, agent.Id);
            var first = models.Candidates(options, null)[0];
            return new AgentModelState(agent.Id, first.ToString(), models.Resolve(options, first).Error, first == OfflineModel.Ref, keys.ProfilesPath(options));
        })];
    }

    private sealed class FixedAgents(ConfigSnapshot snapshot, GatewayEnvironment environment) : IAgentConfiguration
    {
        public JsonObject Root => snapshot.Config;

        public IReadOnlyDictionary<string, string> Environment => snapshot.Environment;

        public string StateDir => environment.StateDirectory;

        public string DefaultWorkspace => environment.DefaultWorkspace;

        public string HomeDir => environment.HomeDirectory;
    }
}
