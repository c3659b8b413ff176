using OpenClaw.Gateway.Core.Agents.Options;

namespace OpenClaw.Gateway.Core.Agents.Models;

/// <summary>Finds the key of a provider: stored profiles, then the environment, then the configuration.</summary>
internal sealed class ProviderKeys(IAgentConfiguration configuration, TimeProvider time)
{
    public ProviderKey? Find(string provider, AgentOptions agent, ProviderOptions? configured) =>
        FromProfiles(provider, agent) ?? FromEnvironment(provider) ?? FromConfiguration(configured);

    /// <summary>The file with the agent's stored keys.</summary>
    public string ProfilesPath(AgentOptions agent) => Path.Combine(
        agent.AgentDir is { } dir ? HomePath.Expand(dir, configuration.HomeDir) : Path.Combine(configuration.StateDir, "agents", agent.AgentId, "agent"),
        AuthProfiles.FileName);

    private ProviderKey? FromProfiles(string provider, AgentOptions agent)
    {
        var own = AuthProfiles.Load(ProfilesPath(agent)).Find(provider, time.GetUtcNow());
        if (own is not null || agent.AgentId == "main")
            return own;
        // Agents share the main agent's keys until they get their own.
        var shared = Path.Combine(configuration.StateDir, "agents", "main", "agent", AuthProfiles.FileName);
        return AuthProfiles.Load(shared).Find(provider, time.GetUtcNow());
    }

    private ProviderKey? FromEnvironment(string provider)
    {
        foreach (var name in KnownProvider.Find(provider)?.EnvNames ?? [])
        {
            if (Variable(name) is { } value)
                return new ProviderKey(value, $"env: {name}");
        }
        return null;
    }

    private ProviderKey? FromConfiguration(ProviderOptions? configured)
    {
        if (configured?.ApiKey is not { } text)
            return null;
        if (!text.StartsWith("${", StringComparison.Ordinal) || !text.EndsWith('}'))
            return new ProviderKey(text, "models.json");
        return Variable(text[2..^1]) is { } value ? new ProviderKey(value, $"env: {text[2..^1]}") : null;
    }

    private string? Variable(string name) =>
        configuration.Environment.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
