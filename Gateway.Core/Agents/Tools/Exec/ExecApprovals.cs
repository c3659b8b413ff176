using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>What a person has decided about commands (<c>~/.openclaw/exec-approvals.json</c>), for one agent.</summary>
internal sealed record ExecApprovals
{
    public const string FileName = "exec-approvals.json";

    /// <summary>Null: no opinion.</summary>
    public ExecSecurity? Security { get; init; }

    public ExecAsk? Ask { get; init; }

    /// <summary>What holds when nobody answers. Deny unless the file says otherwise.</summary>
    public ExecSecurity AskFallback { get; init; } = ExecSecurity.Deny;

    /// <summary>Globs of program paths that may run unasked.</summary>
    public IReadOnlyList<string> Allowlist { get; init; } = [];

    /// <summary>
    /// The file is there and cannot be read, or a word for this agent is none that is known: nothing may run on its word, nor against it.
    /// A <see cref="ExecSecurity.Deny"/> that is legible holds.
    /// </summary>
    public bool Unreadable { get; init; }

    public static string PathIn(string homeDir) => Path.Combine(homeDir, ".openclaw", FileName);

    public static ExecApprovals Load(string path, string agentId)
    {
        try
        {
            return JsonNode.Parse(ApprovalsContent.Read(path), documentOptions: ApprovalsContent.Strict) is JsonObject root
                ? Read(new ConfigSection(root), agentId)
                : new ExecApprovals { Unreadable = true };
        }
        catch (FileNotFoundException)
        {
            return new ExecApprovals();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return new ExecApprovals { Unreadable = true };
        }
    }

    private static ExecApprovals Read(ConfigSection root, string agentId)
    {
        var defaults = root.Section("defaults");
        var everyone = root.Section("agents").Section("*");
        var own = root.Section("agents").Section(agentId);
        ConfigSection[] levels = [own, everyone, defaults];
        if (!levels.All(IsKnown))
            return new ExecApprovals { Unreadable = true, Security = levels.Any(static level => ExecOptions.ParseSecurity(level.Text("security")) == ExecSecurity.Deny) ? ExecSecurity.Deny : null };
        string? Value(string key) => own.Text(key) ?? everyone.Text(key) ?? defaults.Text(key);
        return new ExecApprovals
        {
            Security = ExecOptions.ParseSecurity(Value("security")),
            Ask = ExecOptions.ParseAsk(Value("ask")),
            AskFallback = ExecOptions.ParseSecurity(Value("askFallback")) ?? ExecSecurity.Deny,
            Allowlist = [.. Patterns(everyone), .. Patterns(own)],
        };
    }

    private static bool IsKnown(ConfigSection level) =>
        IsKnown(level, "security", static word => ExecOptions.ParseSecurity(word) is not null)
        && IsKnown(level, "ask", static word => ExecOptions.ParseAsk(word) is not null)
        && IsKnown(level, "askFallback", static word => ExecOptions.ParseSecurity(word) is not null);

    private static bool IsKnown(ConfigSection level, string key, Func<string, bool> isKnown) =>
        level.Value(key) is null || (level.String(key) is { } word && (string.IsNullOrWhiteSpace(word) || isKnown(word)));

    private static IEnumerable<string> Patterns(ConfigSection agent) =>
        agent.Sections("allowlist").Select(static entry => entry.Text("pattern")).OfType<string>();
}
