using System.Globalization;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Protocol.Methods.Approvals;

namespace OpenClaw.Cli.Commands.Approvals;

/// <summary>Approvals as people read them.</summary>
internal static class ApprovalTables
{
    private const int NarrowestTable = 60;
    private const int WidthOfFiles = 120;

    public static string Of(ExecApprovalsResult result, string target, CommandContext context)
    {
        var agents = result.File.Agents ?? new Dictionary<string, ExecApprovalsAgent>();
        var count = agents.Values.Sum(static agent => agent.Allowlist?.Count ?? 0);
        var summary = new TextTable(Width(context), "Field", "Value") { FirstToYield = 1 };
        summary.Add("Target", target)
            .Add("Path", result.Path)
            .Add("Exists", result.Exists ? "yes" : "no")
            .Add("Hash", result.Hash)
            .Add("Version", result.File.Version.ToString(CultureInfo.InvariantCulture))
            .Add("Socket", result.File.Socket?.Path ?? "default")
            .Add("Defaults", Describe(result.File.Defaults))
            .Add("Agents", agents.Count.ToString(CultureInfo.InvariantCulture))
            .Add("Allowlist", count.ToString(CultureInfo.InvariantCulture));
        var text = $"Approvals\n{summary}".TrimEnd('\n');
        if (count == 0)
            return text + "\n\nNo allowlist entries.";
        var list = new TextTable(Width(context), "Target", "Agent", "Pattern", "Last Used") { FirstToYield = 2 };
        foreach (var (id, agent) in agents)
        {
            foreach (var entry in agent.Allowlist ?? [])
                list.Add(target, id, entry.Pattern, entry.LastUsedAt is { } at ? Age.Ago(at, context.Time.GetUtcNow()) : "unknown");
        }
        return $"{text}\n\nAllowlist\n{list}".TrimEnd('\n');
    }

    private static string Describe(ExecApprovalsDefaults? defaults)
    {
        string?[] parts =
        [
            defaults?.Security is { } security ? "security=" + security : null,
            defaults?.Ask is { } ask ? "ask=" + ask : null,
            defaults?.AskFallback is { } fallback ? "askFallback=" + fallback : null,
            defaults?.AutoAllowSkills is { } auto ? "autoAllowSkills=" + (auto ? "on" : "off") : null,
        ];
        return parts.Any(static part => part is not null) ? string.Join(", ", parts.OfType<string>()) : "none";
    }

    private static int Width(CommandContext context) => context.Console.IsTerminal ? Math.Max(NarrowestTable, context.Console.Width()) : WidthOfFiles;
}
