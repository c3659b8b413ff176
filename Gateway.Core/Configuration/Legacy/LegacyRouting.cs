using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Loading;

namespace OpenClaw.Gateway.Core.Configuration.Legacy;

/// <summary>The former <c>routing</c> section, which is now spread over channels, agents, messages and tools.</summary>
internal static class LegacyRouting
{
    public static void Apply(LegacyTree tree)
    {
        if (tree.Object("routing") is null)
        {
            MoveTranscription(tree, "audio.transcription");
            return;
        }
        if (tree.Object("channels", "whatsapp") is not null)
            tree.Move("routing.allowFrom", "channels.whatsapp.allowFrom");
        tree.Move("routing.bindings", "bindings");
        tree.Move("routing.agentToAgent", "tools.agentToAgent");
        tree.Move("routing.queue", "messages.queue");
        tree.Move("routing.groupChat.historyLimit", "messages.groupChat.historyLimit");
        tree.Move("routing.groupChat.mentionPatterns", "messages.groupChat.mentionPatterns");
        MoveRequireMention(tree);
        MoveAgents(tree);
        MoveTranscription(tree, "routing.transcribeAudio");
        MoveTranscription(tree, "audio.transcription");
    }

    private static void MoveRequireMention(LegacyTree tree)
    {
        const string path = "routing.groupChat.requireMention";
        if (tree.Object("routing", "groupChat") is not { } groupChat || !groupChat.ContainsKey("requireMention"))
            return;
        tree.Report(path, "channels.whatsapp/telegram/imessage groups.\"*\".requireMention");
        var value = tree.Take(path);
        foreach (var channel in (string[])["whatsapp", "telegram", "imessage"])
        {
            if (tree.Object("channels", channel) is not null)
                tree.Put(value?.DeepClone(), ["channels", channel, "groups", "*", "requireMention"]);
        }
    }

    private static void MoveAgents(LegacyTree tree)
    {
        if (tree.Object("routing", "agents") is { } agents)
        {
            tree.Report("routing.agents", "agents.list");
            foreach (var (id, settings) in ConfigMerge.Detach(agents))
            {
                if (settings is not JsonObject source)
                    continue;
                var entry = AgentEntry(tree, id);
                if (source["mentionPatterns"] is { } patterns)
                {
                    source.Remove("mentionPatterns");
                    LegacyTree.Put(entry, patterns, ["groupChat", "mentionPatterns"]);
                }
                if (source["sandbox"] is JsonObject sandbox && sandbox["tools"] is JsonObject tools)
                {
                    sandbox.Remove("tools");
                    LegacyTree.Put(entry, tools, ["tools", "sandbox", "tools"]);
                }
                ConfigMerge.FillIn(entry, source);
            }
            tree.Take("routing.agents");
        }
        if (tree.Object("routing") is { } routing && routing.ContainsKey("defaultAgentId"))
        {
            tree.Report("routing.defaultAgentId", "agents.list[].default");
            if (JsonKinds.IsString(tree.Take("routing.defaultAgentId"), out var id) && DefaultAgent(tree) is null)
                AgentEntry(tree, id)["default"] = true;
        }
    }

    private static void MoveTranscription(LegacyTree tree, string path)
    {
        var segments = path.Split('.');
        if (tree.Value(segments) is not JsonObject old)
            return;
        // The second spelling was never declared old, so files that use it are not called outdated.
        if (path == "routing.transcribeAudio")
            tree.Report(path, "tools.media.audio.models");
        tree.Take(path);
        // Only this program was ever accepted here; any other command in an old file was never run.
        if (old["command"] is not JsonArray { Count: > 0 } command || !JsonKinds.IsString(command[0], out var program)
            || program.Trim().Split('/', '\\')[^1] != "whisper" || tree.Value("tools", "media", "audio", "models") is JsonArray { Count: > 0 })
        {
            return;
        }
        var model = new JsonObject { ["command"] = program.Trim(), ["type"] = "cli" };
        if (command.Count > 1)
            model["args"] = new JsonArray([.. command.Skip(1).Select(argument => argument?.DeepClone())]);
        if (old["timeoutSeconds"] is { } timeout)
            model["timeoutSeconds"] = timeout.DeepClone();
        tree.Put(JsonValue.Create(true), ["tools", "media", "audio", "enabled"]);
        tree.Put(new JsonArray(model), ["tools", "media", "audio", "models"]);
    }

    /// <summary>The entry of the agent that is the default: marked so, else the first, else none.</summary>
    public static string DefaultAgentId(LegacyTree tree)
    {
        var entry = DefaultAgent(tree) ?? (tree.Value("agents", "list") as JsonArray)?.OfType<JsonObject>().FirstOrDefault(HasId);
        return entry is not null && JsonKinds.IsString(entry["id"], out var id) ? id.Trim() : "main";
    }

    /// <summary>The entry of <c>agents.list</c> with that id, made when there is none.</summary>
    public static JsonObject AgentEntry(LegacyTree tree, string id)
    {
        tree.Put(new JsonArray(), ["agents", "list"]);
        if (tree.Value("agents", "list") is not JsonArray list)
            return [];
        var entry = list.OfType<JsonObject>().FirstOrDefault(item => JsonKinds.IsString(item["id"], out var known) && known.Trim() == id.Trim());
        if (entry is null)
        {
            entry = new JsonObject { ["id"] = id.Trim() };
            list.Add(entry);
        }
        return entry;
    }

    private static JsonObject? DefaultAgent(LegacyTree tree) =>
        (tree.Value("agents", "list") as JsonArray)?.OfType<JsonObject>()
            .FirstOrDefault(item => item["default"] is JsonValue value && value.TryGetValue<bool>(out var on) && on && HasId(item));

    private static bool HasId(JsonObject entry) => JsonKinds.IsString(entry["id"], out var id) && id.Trim().Length > 0;
}
