using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Loading;

namespace OpenClaw.Gateway.Core.Configuration.Rules;

/// <summary>
/// What types cannot say. A combination that would open the gateway to strangers, run something unintended or mix up
/// two agents is an error; one that only makes a setting useless is a warning.
/// </summary>
internal sealed class ConfigRules(GatewayEnvironment environment, ConfigOrigins origins)
{
    private const string AvatarMessage = "identity.avatar must be a workspace-relative path, http(s) URL, or data URI.";

    public List<ConfigIssue> Errors { get; } = [];

    public List<ConfigIssue> Warnings { get; } = [];

    public void Check(JsonObject config)
    {
        CheckVersion(config);
        if (Text(config["session"], "mainKey") is { } mainKey && mainKey.Trim() is not ("" or "main"))
            Add(Warnings, "session.mainKey", "session.mainKey is ignored; main session is always \"main\".", config["session"], "mainKey");
        new ChannelRules(Add, Errors, Warnings).Check(config["channels"] as JsonObject);
        UnusedSettings.Check(config["channels"] as JsonObject, (path, message, holder, key) =>
            Warnings.Add(IssueFactory.Create(path, message, null, origins.Find(holder[key], holder, key)) with { IsAdvice = true }));
        new CommandRules(Add, Errors).Check(config);
        ToolPolicyRules.Check(config, (path, message, node, key) => Add(Errors, path, message, node, key));
        CheckAgents(config);
    }

    private void CheckAgents(JsonObject config)
    {
        var agents = config["agents"] as JsonObject;
        CheckHeartbeat((agents?["defaults"] as JsonObject)?["heartbeat"], "agents.defaults.heartbeat");
        if (agents?["list"] is not JsonArray list)
            return;
        for (var i = 0; i < list.Count; i++)
        {
            CheckHeartbeat((list[i] as JsonObject)?["heartbeat"], $"agents.list.{i}.heartbeat");
            var identity = (list[i] as JsonObject)?["identity"];
            if (Text(identity, "avatar") is { } avatar && !IsAvatar(avatar.Trim()))
                Add(Warnings, $"agents.list.{i}.identity.avatar", AvatarMessage, identity, "avatar");
        }
        CheckAgentDirectories(list);
    }

    private void CheckHeartbeat(JsonNode? heartbeat, string path)
    {
        if (Text(heartbeat, "every") is { } every && !DurationText.TryParse(every, TimeSpan.FromMinutes(1), out _))
            Add(Errors, path + ".every", "invalid duration (use ms, s, m, h)", heartbeat, "every");
        if (Text(heartbeat, "target") is not { } target)
            return;
        if (target.Trim().Length == 0)
            Add(Warnings, path + ".target", "heartbeat target must not be empty", heartbeat, "target");
        else if (target.Trim().ToLowerInvariant() is not ("last" or "none") && !ChannelRules.IsKnown(target.Trim().ToLowerInvariant()))
            Add(Warnings, path + ".target", $"unknown heartbeat target: {target}", heartbeat, "target");
    }

    /// <summary>Two agents in one directory overwrite each other's credentials and sessions.</summary>
    private void CheckAgentDirectories(JsonArray list)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var agent in list.OfType<JsonObject>())
        {
            if (Text(agent, "id")?.Trim() is not { Length: > 0 } id)
                continue;
            var directory = environment.ExpandPath(Text(agent, "agentDir") is { } own && own.Trim().Length > 0
                ? own
                : Path.Combine(environment.StateDirectory, "agents", id.ToLowerInvariant(), "agent"));
            if (owners.TryGetValue(directory, out var other) && other != id)
                Add(Errors, "agents.list", $"Duplicate agentDir detected (multi-agent config): {directory} is used by \"{other}\" and \"{id}\"; give each agent its own", agent, "agentDir");
            owners[directory] = id;
        }
    }

    private void CheckVersion(JsonObject config)
    {
        if (Text(config["meta"], "lastTouchedVersion") is { } touched
            && Version.TryParse(touched.TrimStart('v').Split('-')[0], out var theirs)
            && theirs > Version.Parse(Writing.ConfigWriter.FormatVersion))
        {
            Add(Warnings, "meta.lastTouchedVersion",
                $"Config was last written by a newer OpenClaw ({touched}); current version is {Writing.ConfigWriter.FormatVersion}.", config["meta"], "lastTouchedVersion");
        }
    }

    private static bool IsAvatar(string avatar)
    {
        if (avatar.Length == 0 || avatar.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            || avatar.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || avatar.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }
        var scheme = avatar.IndexOf(':', StringComparison.Ordinal);
        if (avatar[0] == '~' || scheme > 0 || Path.IsPathRooted(avatar))
            return false;
        var depth = 0;
        foreach (var part in avatar.Split('/', '\\'))
        {
            depth += part switch { ".." => -1, "." or "" => 0, _ => 1 };
            if (depth < 0)
                return false;
        }
        return true;
    }

    private void Add(List<ConfigIssue> list, string path, string message, JsonNode? holder, string key) =>
        list.Add(IssueFactory.Create(path, message, null, origins.Find((holder as JsonObject)?[key], holder, key)));

    internal static string? Text(JsonNode? holder, string key) =>
        JsonKinds.IsString((holder as JsonObject)?[key], out var text) ? text : null;
}
