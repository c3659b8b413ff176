using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Loading;

namespace OpenClaw.Gateway.Core.Configuration.Legacy;

/// <summary>The former <c>agent</c> and <c>identity</c> sections, from when there was one agent.</summary>
internal static class LegacyAgent
{
    public static void Apply(LegacyTree tree)
    {
        MoveModels(tree, tree.Object("agent") is null ? "agents.defaults" : "agent");
        if (tree.Object("agent") is not null)
        {
            tree.Move("agent.tools.allow", "tools.allow");
            tree.Move("agent.tools.deny", "tools.deny");
            tree.Move("agent.elevated", "tools.elevated");
            tree.Move("agent.bash", "tools.exec");
            tree.Move("agent.sandbox.tools", "tools.sandbox.tools");
            tree.Move("agent.subagents.tools", "tools.subagents.tools");
            tree.Move("agent", "agents.defaults");
        }
        if (tree.Object("identity") is not null)
        {
            tree.Report("identity", "agents.list[].identity");
            var identity = tree.Take("identity");
            LegacyTree.Put(LegacyRouting.AgentEntry(tree, LegacyRouting.DefaultAgentId(tree)), identity, ["identity"]);
        }
    }

    /// <summary>Model settings were flat strings and lists; now a model has its fallbacks, and a table its aliases.</summary>
    private static void MoveModels(LegacyTree tree, string section)
    {
        if (tree.Object(section.Split('.')) is not { } agent)
            return;
        var aliases = (agent["modelAliases"] as JsonObject)?.ToList() ?? [];
        var mentioned = new List<string>();
        Mention(agent["model"]);
        Mention(agent["imageModel"]);
        foreach (var key in (string[])["allowedModels", "modelFallbacks", "imageModelFallbacks"])
        {
            foreach (var item in agent[key] as JsonArray ?? [])
                Mention(item);
        }
        foreach (var (_, target) in aliases)
            Mention(target);
        var legacy = new[] { "allowedModels", "modelAliases", "modelFallbacks", "imageModelFallbacks" }.Where(agent.ContainsKey).ToList();
        // In the section's present form a plain string is how an agent names its model without fallbacks.
        if (JsonKinds.IsString(agent["model"], out _))
            legacy.Add("model");
        if (JsonKinds.IsString(agent["imageModel"], out _))
            legacy.Add("imageModel");
        if (legacy.Count == 0)
            return;

        foreach (var key in legacy)
            tree.Report($"{section}.{key}", $"agents.defaults.{(key.Contains("ImageModel", StringComparison.OrdinalIgnoreCase) ? "imageModel" : key is "allowedModels" or "modelAliases" ? "models" : "model")}");
        foreach (var model in mentioned)
            LegacyTree.Put(agent, new JsonObject(), ["models", model]);
        foreach (var (alias, target) in aliases)
        {
            if (JsonKinds.IsString(target, out var model) && model.Trim().Length > 0)
                LegacyTree.Put(agent, JsonValue.Create(alias), ["models", model.Trim(), "alias"]);
        }
        Nest(agent, "model", "modelFallbacks");
        Nest(agent, "imageModel", "imageModelFallbacks");
        agent.Remove("allowedModels");
        agent.Remove("modelAliases");

        void Mention(JsonNode? node)
        {
            if (JsonKinds.IsString(node, out var model) && model.Trim().Length > 0)
                mentioned.Add(model.Trim());
        }
    }

    private static void Nest(JsonObject agent, string key, string fallbacksKey)
    {
        if (JsonKinds.IsString(agent[key], out var primary))
            agent[key] = new JsonObject { ["primary"] = primary };
        var fallbacks = agent[fallbacksKey];
        if (agent.Remove(fallbacksKey) && fallbacks is JsonArray { Count: > 0 })
            LegacyTree.Put(agent, fallbacks, [key, "fallbacks"]);
    }
}
