using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Rules;

/// <summary>
/// Settings of Telegram that the peer reads and that nothing here does. They are right, and kept for the peer; who wrote one is told that it has no effect,
/// and what has.
/// </summary>
internal static class UnusedSettings
{
    private static readonly (string Path, string Why)[] Telegram =
    [
        ("blockStreaming", "answers are sent whole; streamMode shows them while they are written"),
        ("blockStreamingCoalesce", "answers are sent whole; streamMode shows them while they are written"),
        ("retry", "what could not be sent is tried again by the outbox, which obeys Telegram's own times"),
        ("network.autoSelectFamily", "IPv4 and IPv6 are always tried side by side"),
        ("reactionLevel", "the agent has no tool that reacts"),
        ("responsePrefix", "answers are sent as they are"),
        ("markdown.tables", "tables are sent as blocks of code"),
        ("dmHistoryLimit", "the history of a private chat is limited by the model's context alone"),
        ("dms", "the history of a private chat is limited by the model's context alone"),
        ("heartbeat", "heartbeats are set under agents"),
    ];

    /// <summary>Tells of each that is written.</summary>
    /// <param name="channels">The <c>channels</c> section.</param>
    /// <param name="tell">Takes path, words, the object that holds the key, and the key.</param>
    public static void Check(JsonObject? channels, Action<string, string, JsonObject, string> tell)
    {
        if (channels?["telegram"] is not JsonObject telegram)
            return;
        CheckSection(telegram, "channels.telegram");
        foreach (var (id, value) in telegram["accounts"] as JsonObject ?? [])
        {
            if (value is JsonObject account)
                CheckSection(account, $"channels.telegram.accounts.{id}");
        }

        void CheckSection(JsonObject section, string path)
        {
            foreach (var (name, why) in Telegram)
            {
                var parts = name.Split('.');
                var holder = parts.Length == 1 ? section : section[parts[0]] as JsonObject;
                if (holder?[parts[^1]] is { } value && !IsOff(value))
                    tell($"{path}.{name}", $"{path}.{name} has no effect in this gateway: {why}.", holder, parts[^1]);
            }
        }
    }

    /// <summary>What is switched off is as it is without the setting.</summary>
    private static bool IsOff(JsonNode value) => value is JsonValue flag && flag.TryGetValue<bool>(out var isOn) && !isOn;
}
