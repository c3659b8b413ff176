using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Rules;

/// <summary>A tool policy says either what is allowed or what is added to a profile; with both, nobody knows which holds.</summary>
internal static class ToolPolicyRules
{
    public static void Check(JsonObject config, Action<string, string, JsonNode?, string> report)
    {
        Visit(config["tools"] as JsonObject, "tools", "tools", report);
        if ((config["agents"] as JsonObject)?["list"] is not JsonArray agents)
            return;
        for (var i = 0; i < agents.Count; i++)
            Visit((agents[i] as JsonObject)?["tools"] as JsonObject, $"agents.list.{i}.tools", "agent tools", report);
    }

    private static void Visit(JsonObject? policy, string path, string name, Action<string, string, JsonNode?, string> report)
    {
        if (policy is null)
            return;
        if (policy["allow"] is JsonArray { Count: > 0 } && policy["alsoAllow"] is JsonArray { Count: > 0 })
            report(path, $"{name} cannot set both allow and alsoAllow in the same scope (merge alsoAllow into allow, or remove allow and use profile + alsoAllow)", policy, "alsoAllow");
        foreach (var (key, value) in policy["byProvider"] as JsonObject ?? [])
            Visit(value as JsonObject, $"{path}.byProvider.{key}", "tools.byProvider policy", report);
    }
}
