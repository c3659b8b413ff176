using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>What a person has decided about commands (<c>~/.openclaw/exec-approvals.json</c>), for one agent.</summary>
internal sealed record ExecApprovals
{
    public const string FileName = "exec-approvals.json";

    /// <summary>Far above any real file.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Null: no opinion.</summary>
    public ExecSecurity? Security { get; init; }

    public ExecAsk? Ask { get; init; }

    /// <summary>What holds when nobody answers. Deny unless the file says otherwise.</summary>
    public ExecSecurity AskFallback { get; init; } = ExecSecurity.Deny;

    /// <summary>Globs of program paths that may run unasked.</summary>
    public IReadOnlyList<string> Allowlist { get; init; } = [];

    /// <summary>The file is there and cannot be read: nothing may run on its word, nor against it.</summary>
    public bool Unreadable { get; init; }

    public static string PathIn(string homeDir) => Path.Combine(homeDir, ".openclaw", FileName);

    public static ExecApprovals Load(string path, string agentId)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                return new ExecApprovals();
            if (file.Length > MaxBytes || JsonNode.Parse(File.ReadAllBytes(path)) is not JsonObject root)
                return new ExecApprovals { Unreadable = true };
            return Read(new ConfigSection(root), agentId);
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
        string? Value(string key) => own.Text(key) ?? everyone.Text(key) ?? defaults.Text(key);
        return new ExecApprovals
        {
            Security = ExecOptions.ParseSecurity(Value("security")),
            Ask = ExecOptions.ParseAsk(Value("ask")),
            AskFallback = ExecOptions.ParseSecurity(Value("askFallback")) ?? ExecSecurity.Deny,
            Allowlist = [.. Patterns(everyone), .. Patterns(own)],
        };
    }

    private static IEnumerable<string> Patterns(ConfigSection agent) =>
        agent.Sections("allowlist").Select(static entry => entry.Text("pattern")).OfType<string>();
}
