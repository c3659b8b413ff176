using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Agents.Tools;

/// <summary>One place of the configuration that says which tools may be used.</summary>
/// <param name="Source">The key it came from, for messages.</param>
internal sealed record ToolPolicyStage(string Source)
{
    public string? Profile { get; init; }

    /// <summary>Null or empty allows everything.</summary>
    public IReadOnlyList<string>? Allow { get; init; }

    public IReadOnlyList<string>? AlsoAllow { get; init; }

    /// <summary>Wins over everything that allows.</summary>
    public IReadOnlyList<string>? Deny { get; init; }

    /// <summary>More filters, for one provider (<c>openai</c>) or model (<c>openai/gpt-5.2</c>).</summary>
    public IReadOnlyDictionary<string, ToolPolicyStage> ByProvider { get; init; } = new Dictionary<string, ToolPolicyStage>();

    public static ToolPolicyStage From(ConfigSection section, string source) => Read(section, source) with
    {
        ByProvider = section.Section("byProvider").Children().ToDictionary(
            static member => member.Key,
            member => Read(member.Value, $"{source}.byProvider.{member.Key}"),
            StringComparer.OrdinalIgnoreCase),
    };

    private static ToolPolicyStage Read(ConfigSection section, string source) => new(source)
    {
        Profile = section.Text("profile"),
        Allow = section.WrittenStrings("allow"),
        AlsoAllow = section.WrittenStrings("alsoAllow"),
        Deny = section.WrittenStrings("deny"),
    };
}
