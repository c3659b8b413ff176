using System.Globalization;
using OpenClaw.Cli.Diagnosis;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Cli.Commands.Security;

/// <summary>In four lines, what strangers could reach.</summary>
internal static class AttackSurface
{
    public static IEnumerable<Finding> Summarize(AuditSubject subject)
    {
        var root = subject.Snapshot.Root;
        var policies = ChannelPolicies.GroupPolicies(subject.Snapshot).ToList();
        yield return new Finding("summary.attack_surface", FindingSeverity.Info, "Attack surface summary", string.Create(
            CultureInfo.InvariantCulture,
            $"""
            groups: open={policies.Count(static policy => policy.Policy == "open")}, allowlist={policies.Count(static policy => policy.Policy == "allowlist")}
            tools.elevated: {State(ElevatedTools.IsOn(root))}
            hooks: {State(root.Section("hooks").Bool("enabled") == true)}
            browser control: {State(root.Section("browser").Bool("enabled") != false)}
            """));
    }

    private static string State(bool on) => on ? "enabled" : "disabled";
}

/// <summary>Tools that may do what others may not.</summary>
internal static class ElevatedTools
{
    /// <summary>A list that nobody reads any more.</summary>
    private const int LongList = 25;

    public static bool IsOn(ConfigSection root) => root.Section("tools").Section("elevated").Bool("enabled") != false;

    public static IEnumerable<Finding> Look(AuditSubject subject)
    {
        var root = subject.Snapshot.Root;
        if (!IsOn(root))
            yield break;
        foreach (var (channel, names) in Lists(root.Section("tools").Section("elevated").Section("allowFrom")))
        {
            if (names.Contains("*", StringComparer.Ordinal))
            {
                yield return new Finding($"tools.elevated.allowFrom.{channel}.wildcard", FindingSeverity.Error, "Everybody may use elevated tools",
                    $"tools.elevated.allowFrom.{channel} contains \"*\": whoever can write to the agent on {channel} may run commands as you.")
                {
                    Remedy = $"Name the people in tools.elevated.allowFrom.{channel}.",
                };
            }
            else if (names.Count > LongList)
            {
                yield return new Finding($"tools.elevated.allowFrom.{channel}.large", FindingSeverity.Warning, "Many people may use elevated tools",
                    string.Create(CultureInfo.InvariantCulture, $"tools.elevated.allowFrom.{channel} names {names.Count}."))
                {
                    Remedy = "Keep the ones who need it.",
                };
            }
        }
        var open = ChannelPolicies.GroupPolicies(subject.Snapshot).Where(static policy => policy.Policy == "open").Select(static policy => policy.Path).ToList();
        if (open.Count > 0)
        {
            yield return new Finding("security.exposure.open_groups_with_elevated", FindingSeverity.Error, "Open groups, with elevated tools on",
                $"Anybody in a group can talk to the agent ({string.Join(", ", open)}), and it has tools that run commands as you. One message that tricks it is enough.")
            {
                Remedy = "Set groupPolicy to \"allowlist\", or tools.elevated.enabled to false.",
            };
        }
    }

    private static IEnumerable<(string Channel, IReadOnlyList<string> Names)> Lists(ConfigSection allowFrom) =>
        (allowFrom.Node ?? []).Select(member => (member.Key, ChannelPolicies.Entries(allowFrom, member.Key)));
}
