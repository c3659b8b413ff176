using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Loading;

/// <summary>Defaults that clients of <c>config.get</c> see in the effective configuration; they are never written to the file.</summary>
internal static class ConfigDefaults
{
    private static readonly (string Key, string Value)[] WhatsApp = [("dmPolicy", "pairing"), ("groupPolicy", "allowlist")];
    private static readonly (string Key, string Value)[] Telegram = [.. WhatsApp, ("streamMode", "partial")];

    public static void Apply(JsonObject config)
    {
        if (config["agents"] is JsonObject { } agents && agents["defaults"] is JsonObject written)
            Ensure(Child(written, "compaction"), "mode", "safeguard");
        Ensure(Child(config, "messages"), "ackReactionScope", "group-mentions");
        Ensure(Child(config, "commands"), "native", "auto");
        Ensure(Child(config, "commands"), "nativeSkills", "auto");
        var defaults = Child(Child(config, "agents"), "defaults");
        Ensure(defaults, "maxConcurrent", JsonNumber.Create(4));
        Ensure(Child(defaults, "subagents"), "maxConcurrent", JsonNumber.Create(8));
        if (config["logging"] is JsonObject logging)
            Ensure(logging, "redactSensitive", "tools");
        if (config["channels"] is JsonObject channels)
            ApplyChannels(channels);
        if (config["models"] is JsonObject models && models["providers"] is JsonObject providers)
            ApplyModels(providers);
    }

    private static void ApplyChannels(JsonObject channels)
    {
        foreach (var (name, defaults) in new[] { ("whatsapp", WhatsApp), ("telegram", Telegram) })
        {
            if (channels[name] is not JsonObject channel)
                continue;
            foreach (var (key, value) in defaults)
                Ensure(channel, key, value);
            if (name == "whatsapp")
            {
                Ensure(channel, "mediaMaxMb", JsonNumber.Create(50));
                Ensure(channel, "debounceMs", JsonNumber.Create(0));
            }
        }
    }

    private static void ApplyModels(JsonObject providers)
    {
        foreach (var model in providers.Select(provider => (provider.Value as JsonObject)?["models"]).OfType<JsonArray>().SelectMany(list => list.OfType<JsonObject>()))
        {
            Ensure(model, "reasoning", JsonValue.Create(false));
            Ensure(model, "input", new JsonArray("text"));
            var cost = Child(model, "cost");
            foreach (var key in (string[])["input", "output", "cacheRead", "cacheWrite"])
                Ensure(cost, key, JsonNumber.Create(0));
            Ensure(model, "contextWindow", JsonNumber.Create(200_000));
            var window = model["contextWindow"] is JsonValue value && value.TryGetValue<long>(out var tokens) ? tokens : 200_000;
            Ensure(model, "maxTokens", JsonNumber.Create(Math.Min(8192, window)));
        }
    }

    /// <summary>The object under the key, made when absent. A value of another type (in a key nobody checks) is left alone.</summary>
    private static JsonObject Child(JsonObject parent, string key)
    {
        if (parent[key] is JsonObject existing)
            return existing;
        var created = new JsonObject();
        if (parent[key] is null)
            parent[key] = created;
        return created;
    }

    private static void Ensure(JsonObject parent, string key, JsonNode value)
    {
        if (parent[key] is null)
            parent[key] = value;
    }
}
