using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Cluster;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Health;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Lifecycle;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Protocol.Connect;

namespace OpenClaw.Gateway.Core.Hosting;

/// <summary>The session settings of the configuration in force.</summary>
internal sealed class ConfiguredSessionSettings(ConfigStore configuration, GatewayEnvironment environment) : ISessionSettings
{
    private (ConfigSnapshot Snapshot, SessionSettings Settings)? _cached;

    public SessionSettings Current
    {
        get
        {
            var snapshot = configuration.Current;
            if (_cached is { } cached && ReferenceEquals(cached.Snapshot, snapshot))
                return cached.Settings;
            var settings = Of(snapshot, environment);
            _cached = (snapshot, settings);
            return settings;
        }
    }

    /// <summary>What a configuration says about sessions.</summary>
    public static SessionSettings Of(ConfigSnapshot snapshot, GatewayEnvironment environment)
    {
        var roster = AgentRoster.Of(snapshot);
        return new SessionSettings
        {
            StateDirectory = environment.StateDirectory,
            HomeDirectory = environment.HomeDirectory,
            StorePath = snapshot.Session.Store,
            GlobalScope = snapshot.Session.IsGlobal,
            DefaultAgentId = roster.Default.Id,
            ConfiguredAgentIds = snapshot.Root.Section("agents").Sections("list").Length == 0 ? [] : [.. roster.Agents.Select(agent => agent.Id)],
        };
    }
}

/// <summary>The agent runtime's view of the configuration in force.</summary>
internal sealed class ConfiguredAgents(ConfigStore configuration, GatewayEnvironment environment) : IAgentConfiguration
{
    public System.Text.Json.Nodes.JsonObject Root => configuration.Current.Config;

    public IReadOnlyDictionary<string, string> Environment => configuration.Current.Environment;

    public string StateDir => environment.StateDirectory;

    public string DefaultWorkspace => environment.DefaultWorkspace;

    public string HomeDir => environment.HomeDirectory;
}

/// <summary>What the model catalog tells the session area.</summary>
internal sealed class SessionModels(ModelResolver models, IAgentConfiguration configuration) : ISessionModels
{
    /// <summary>Where no model says how large its context is; the peer's number.</summary>
    private const long UnknownContextTokens = 200_000;

    public ModelRef DefaultFor(string? agentId) => models.Candidates(AgentOf(agentId), null)[0];

    public long ContextTokensOf(string? model)
    {
        var agent = AgentOf(null);
        var window = model is null ? null : models.List().FirstOrDefault(row => row.Id == model)?.ContextWindow;
        return Math.Min(window ?? UnknownContextTokens, agent.ContextTokens ?? long.MaxValue);
    }

    public ModelPrice? PriceOf(string provider, string model) => models.Resolve(AgentOf(null), new ModelRef(provider, model)).Model?.Info.Price;

    public ValueTask<ModelChoice> ChooseAsync(string agentId, string text, CancellationToken cancellationToken)
    {
        var agent = AgentOf(agentId);
        if (text.Trim().Length == 0)
            return ValueTask.FromResult(new ModelChoice(null, "invalid model: empty"));
        var model = models.Parse(agent, text);
        return ValueTask.FromResult(models.IsAllowed(agent, model) ? new ModelChoice(model) : new ModelChoice(null, $"model not allowed: {model}"));
    }

    private AgentOptions AgentOf(string? agentId) => AgentOptions.From(configuration.Root, agentId ?? "main");
}

/// <summary>Stops the runs of a session and forgets what waits for them, on all cores.</summary>
internal sealed class RunSessionActivity(LocalSessionActivity local, SessionCalls calls, CoreDirectory cores) : ISessionActivity
{
    public async Task<bool> StopAsync(SessionKey key, string? sessionId, TimeSpan limit, CancellationToken cancellationToken)
    {
        var here = local.StopAsync(key.Value, limit, cancellationToken);
        var elsewhere = !cores.MayHaveOthers || await calls.QuietAsync(key.Value, limit, cancellationToken).ConfigureAwait(false);
        return await here.ConfigureAwait(false) && elsewhere;
    }
}

/// <summary>Where messages without a session go, by the configuration in force.</summary>
internal sealed class ConfiguredSessionRouting(SessionStores stores) : ISessionRouting
{
    public SessionDefaults Defaults
    {
        get
        {
            var rules = stores.Rules;
            return new SessionDefaults
            {
                DefaultAgentId = rules.DefaultAgentId,
                MainKey = rules.MainKey,
                MainSessionKey = rules.MainSession.Value,
                Scope = rules.GlobalScope ? "global" : "per-sender",
            };
        }
    }
}
