using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Loading;

/// <summary>
/// Understands keys of older versions under their new names, in memory only: the file stays as the user wrote it until
/// <c>doctor --fix</c> rewrites it. A key that is also set under its new name loses.
/// </summary>
internal sealed class LegacyKeys(ConfigOrigins origins)
{
    private static readonly string[] Channels = ["whatsapp", "telegram", "discord", "slack", "signal", "imessage", "msteams"];

    public List<ConfigIssue> Issues { get; } = [];

    public void Apply(JsonObject root)
    {
        foreach (var channel in Channels)
        {
            if (root[channel] is JsonObject)
                Move(root, channel, ["channels", channel], $"{channel} config moved to channels.{channel}");
        }
        if (root["gateway"] is JsonObject gateway && gateway.ContainsKey("token"))
            Move(gateway, "token", ["auth", "token"], "gateway.token is ignored; use gateway.auth.token instead", "gateway");
    }

    private void Move(JsonObject parent, string key, string[] target, string message, string prefix = "")
    {
        var value = parent[key];
        var path = prefix.Length == 0 ? key : $"{prefix}.{key}";
        Issues.Add(IssueFactory.Create(path, message + " (auto-migrated on load).", null, origins.Find(value, parent, key)));
        parent.Remove(key);
        var holder = parent;
        foreach (var segment in target[..^1])
        {
            if (holder[segment] is not JsonObject next)
            {
                if (holder.ContainsKey(segment))
                    return;
                next = [];
                holder[segment] = next;
            }
            holder = next;
        }
        if (!holder.TryGetPropertyValue(target[^1], out var existing))
            holder[target[^1]] = value;
        else if (existing is JsonObject newer && value is JsonObject older)
            ConfigMerge.FillIn(newer, older);
    }
}
