using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>
/// The queue settings that hold for a message. The nearest one wins, each for itself: what the message says, the session, the
/// channel, <c>messages.queue</c>, the default.
/// </summary>
internal static class QueueChoice
{
    public static QueueSettings For(JsonObject configuration, string channel, SessionEntry? session, QueueDirective? directive = null)
    {
        var config = new ConfigSection(configuration).Section("messages").Section("queue");
        var defaults = new QueueSettings();
        var debounceMs = directive?.DebounceMs ?? session?.QueueDebounceMs ?? config.Section("debounceMsByChannel").Number(channel) ?? config.Number("debounceMs");
        var cap = directive?.Cap ?? session?.QueueCap ?? config.Number("cap");
        return new QueueSettings
        {
            Mode = directive?.Mode
                ?? QueueSettings.ParseMode(session?.QueueMode)
                ?? QueueSettings.ParseMode(config.Section("byChannel").Text(channel))
                ?? QueueSettings.ParseMode(config.Text("mode"))
                ?? defaults.Mode,
            Debounce = debounceMs is { } ms ? QueueSettings.Limit(ms) : defaults.Debounce,
            Cap = cap is { } most ? (int)Math.Clamp(most, 1, int.MaxValue) : defaults.Cap,
            Drop = directive?.Drop ?? QueueSettings.ParseDrop(session?.QueueDrop) ?? QueueSettings.ParseDrop(config.Text("drop")) ?? defaults.Drop,
        };
    }
}
