using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Agents.Options;

/// <summary>The meaning of <c>agents.*</c> (and <c>messages.queue</c>) for one agent: its own entry over the defaults.</summary>
internal sealed record AgentOptions
{
    public required string AgentId { get; init; }

    public string? Name { get; init; }

    /// <summary>Whether this is the agent that is meant when none is named.</summary>
    public bool IsDefault { get; init; }

    /// <summary>The configured workspace directory; null means the default place in the state directory.</summary>
    public string? Workspace { get; init; }

    /// <summary>Where the agent's keys are; null means the default place in the state directory.</summary>
    public string? AgentDir { get; init; }

    /// <summary>The configured model reference or alias; null when nothing is configured.</summary>
    public string? PrimaryModel { get; init; }

    public IReadOnlyList<string> Fallbacks { get; init; } = [];

    /// <summary><c>agents.defaults.models</c>: alias and parameters by model reference; when not empty, also the allowlist.</summary>
    public IReadOnlyDictionary<string, ModelEntryOptions> Models { get; init; } = new Dictionary<string, ModelEntryOptions>();

    public bool SkipBootstrap { get; init; }

    /// <summary>Most characters of one workspace file in the system prompt.</summary>
    public int BootstrapMaxChars { get; init; } = 20_000;

    /// <summary>An IANA zone; null means the host's.</summary>
    public string? UserTimezone { get; init; }

    public string TimeFormat { get; init; } = "auto";

    /// <summary>An upper bound on every model's context window, in tokens.</summary>
    public int? ContextTokens { get; init; }

    public ThinkingLevel? ThinkingDefault { get; init; }

    public VerboseLevel VerboseDefault { get; init; } = VerboseLevel.Off;

    /// <summary>How long a run may take. The peer's default is 600 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(600);

    public static AgentOptions From(JsonObject root, string agentId)
    {
        var agents = new ConfigSection(root).Section("agents");
        var defaults = agents.Section("defaults");
        var own = agents.Sections("list").FirstOrDefault(item =>
            string.Equals(item.Text("id"), agentId, StringComparison.OrdinalIgnoreCase));
        var isDefault = IsDefaultOf(agents, agentId);
        var (primary, fallbacks) = ReadModel(defaults);
        var (ownPrimary, ownFallbacks) = ReadModel(own);
        return new AgentOptions
        {
            AgentId = agentId,
            Name = own.Text("name"),
            IsDefault = isDefault,
            Workspace = own.Text("workspace") ?? (isDefault ? defaults.Text("workspace") : null),
            AgentDir = own.Text("agentDir"),
            PrimaryModel = ownPrimary ?? primary,
            Fallbacks = ownFallbacks ?? fallbacks ?? [],
            Models = defaults.Section("models").Children().ToDictionary(
                static member => member.Key,
                static member => ModelEntryOptions.From(member.Value),
                StringComparer.OrdinalIgnoreCase),
            SkipBootstrap = defaults.Bool("skipBootstrap") ?? false,
            BootstrapMaxChars = Math.Max(1, defaults.Int("bootstrapMaxChars") ?? 20_000),
            UserTimezone = defaults.Text("userTimezone"),
            TimeFormat = defaults.Text("timeFormat") ?? "auto",
            ContextTokens = defaults.Int("contextTokens"),
            ThinkingDefault = Levels.ParseThinking(defaults.Text("thinkingDefault")),
            VerboseDefault = Levels.ParseVerbose(defaults.Text("verboseDefault")) ?? VerboseLevel.Off,
            Timeout = TimeSpan.FromSeconds(Math.Max(1, defaults.Number("timeoutSeconds") ?? 600)),
        };
    }

    private static bool IsDefaultOf(ConfigSection agents, string agentId)
    {
        var list = agents.Sections("list").ToList();
        var chosen = list.Where(static item => item.Bool("default") == true).Concat(list).FirstOrDefault();
        return string.Equals(chosen.Text("id") ?? "main", agentId, StringComparison.OrdinalIgnoreCase);
    }

    private static (string? Primary, IReadOnlyList<string>? Fallbacks) ReadModel(ConfigSection owner)
    {
        var model = owner.Section("model");
        return (owner.Text("model") ?? model.Text("primary"), model.WrittenStrings("fallbacks"));
    }
}

/// <summary>One entry of <c>agents.defaults.models</c>.</summary>
internal sealed record ModelEntryOptions
{
    public string? Alias { get; init; }

    public float? Temperature { get; init; }

    public int? MaxTokens { get; init; }

    /// <summary>How long the provider should keep the prompt cached: <c>none</c>, <c>short</c> or <c>long</c>.</summary>
    public string? CacheRetention { get; init; }

    public static ModelEntryOptions From(ConfigSection section)
    {
        var parameters = section.Section("params");
        return new ModelEntryOptions
        {
            Alias = section.Text("alias"),
            Temperature = (float?)parameters.Number("temperature"),
            MaxTokens = parameters.Int("maxTokens"),
            CacheRetention = parameters.Text("cacheRetention") ?? parameters.Text("cacheControlTtl") switch
            {
                "5m" => "short",
                "1h" => "long",
                _ => null,
            },
        };
    }
}
