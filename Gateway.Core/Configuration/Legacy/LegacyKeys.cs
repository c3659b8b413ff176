using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Loading;

namespace OpenClaw.Gateway.Core.Configuration.Legacy;

/// <summary>
/// Understands keys of older versions under their new names, in memory only: the file stays as the user wrote it until
/// <c>doctor --fix</c> rewrites it (see <see cref="LegacyMigration"/>).
/// </summary>
internal static class LegacyKeys
{
    private static readonly string[] Channels = ["whatsapp", "telegram", "discord", "slack", "signal", "imessage", "msteams"];

    public static List<ConfigIssue> Apply(JsonObject root, ConfigOrigins origins)
    {
        var tree = new LegacyTree(root, origins);
        foreach (var channel in Channels.Where(channel => root[channel] is JsonObject))
            tree.Move(channel, $"channels.{channel}");
        MoveTelegramMention(tree);
        tree.Move("gateway.token", "gateway.auth.token");
        tree.Move("tools.bash", "tools.exec");
        tree.Move("messages.queue.byProvider", "messages.queue.byChannel");
        MoveSpeechSwitch(tree);
        LegacyRouting.Apply(tree);
        LegacyAgent.Apply(tree);
        RenameInMatches(tree, tree.Value("bindings") as JsonArray, "bindings", [("provider", "channel"), ("accountID", "accountId")]);
        RenameInMatches(tree, tree.Value("session", "sendPolicy", "rules") as JsonArray, "session.sendPolicy.rules", [("provider", "channel")]);
        if (tree.Object("auth", "profiles", "anthropic:claude-cli") is { } profile && (string?)Text(profile["mode"]) == "token")
            profile["mode"] = "oauth";
        return tree.Issues;
    }

    private static string? Text(JsonNode? node) => JsonKinds.IsString(node, out var text) ? text : null;

    private static void MoveTelegramMention(LegacyTree tree)
    {
        if (tree.Object("channels", "telegram") is { } telegram && telegram.ContainsKey("requireMention"))
        {
            tree.Report("channels.telegram.requireMention", "channels.telegram.groups.\"*\".requireMention");
            tree.Put(tree.Take("channels.telegram.requireMention"), ["channels", "telegram", "groups", "*", "requireMention"]);
        }
    }

    private static void MoveSpeechSwitch(LegacyTree tree)
    {
        if (tree.Object("messages", "tts") is not { } speech || !speech.ContainsKey("enabled"))
            return;
        tree.Report("messages.tts.enabled", "messages.tts.auto");
        var enabled = tree.Take("messages.tts.enabled") is JsonValue value && value.TryGetValue<bool>(out var on) && on;
        tree.Put(JsonValue.Create(enabled ? "always" : "off"), ["messages", "tts", "auto"]);
    }

    private static void RenameInMatches(LegacyTree tree, JsonArray? entries, string path, (string Old, string New)[] names)
    {
        for (var i = 0; i < entries?.Count; i++)
        {
            if ((entries[i] as JsonObject)?["match"] is not JsonObject match)
                continue;
            foreach (var (old, current) in names.Where(name => match.ContainsKey(name.Old)))
            {
                var value = match[old];
                tree.Issues.Add(new ConfigIssue($"{path}.{i}.match.{old}", $"{path}[].match.{old} was renamed; use {current} instead (auto-migrated on load)."));
                match.Remove(old);
                if (!match.ContainsKey(current))
                    match[current] = value;
            }
        }
    }
}
