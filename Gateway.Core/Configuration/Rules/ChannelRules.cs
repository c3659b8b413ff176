using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Loading;

namespace OpenClaw.Gateway.Core.Configuration.Rules;

internal delegate void AddIssue(List<ConfigIssue> list, string path, string message, JsonNode? holder, string key);

/// <summary>Rules of the <c>channels</c> section.</summary>
internal sealed class ChannelRules(AddIssue add, List<ConfigIssue> errors, List<ConfigIssue> warnings)
{
    private static readonly HashSet<string> Known =
    [
        "defaults", "telegram", "whatsapp", "discord", "googlechat", "slack", "signal", "imessage", "msteams", "mattermost", "matrix", "line",
        "feishu", "zalo", "zalouser", "nostr", "tlon", "twitch", "bluebubbles", "nextcloud-talk",
    ];

    public static bool IsKnown(string channel) => Known.Contains(channel) && channel != "defaults";

    public void Check(JsonObject? channels)
    {
        foreach (var (name, settings) in channels ?? [])
        {
            if (!Known.Contains(name))
                add(warnings, $"channels.{name}", $"unknown channel id: {name}", channels, name);
            if (name is not ("telegram" or "whatsapp") || settings is not JsonObject channel)
                continue;
            var path = $"channels.{name}";
            CheckOpen(channel, null, path, $"channels.{name}.dmPolicy=\"open\" requires channels.{name}.allowFrom to include \"*\"");
            foreach (var (id, value) in channel["accounts"] as JsonObject ?? [])
            {
                if (value is JsonObject account)
                {
                    CheckOpen(account, channel, $"{path}.accounts.{id}",
                        $"channels.{name}.accounts.*.dmPolicy=\"open\" requires channels.{name}.accounts.*.allowFrom (or channels.{name}.allowFrom) to include \"*\"");
                    CheckWebhook(account, channel, $"{path}.accounts.{id}",
                        $"channels.{name}.accounts.*.webhookUrl requires channels.{name}.webhookSecret or channels.{name}.accounts.*.webhookSecret");
                }
            }
            CheckWebhook(channel, null, path, $"channels.{name}.webhookUrl requires channels.{name}.webhookSecret");
        }
    }

    /// <summary>"Everybody may write" has to be said twice, because one word of it is easily pasted.</summary>
    private void CheckOpen(JsonObject section, JsonObject? parent, string path, string message)
    {
        var policy = ConfigRules.Text(section, "dmPolicy");
        if (policy == "open" && !AllowsAll(section["allowFrom"] ?? parent?["allowFrom"]))
            add(errors, path + ".allowFrom", message, section, section.ContainsKey("allowFrom") ? "allowFrom" : "dmPolicy");
    }

    private void CheckWebhook(JsonObject section, JsonObject? parent, string path, string message)
    {
        if (ConfigRules.Text(section, "webhookUrl")?.Trim() is { Length: > 0 }
            && string.IsNullOrWhiteSpace(ConfigRules.Text(section, "webhookSecret") ?? ConfigRules.Text(parent, "webhookSecret")))
        {
            add(errors, path + ".webhookSecret", message, section, "webhookUrl");
        }
    }

    private static bool AllowsAll(JsonNode? list) =>
        list is JsonArray array && array.Any(item => JsonKinds.IsString(item, out var text) && text.Trim() == "*");
}
