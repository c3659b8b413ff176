using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Reloading;
using OpenClaw.Gateway.Core.Configuration.Redaction;
using OpenClaw.Gateway.Protocol.Methods.Config;
using WireIssue = OpenClaw.Gateway.Protocol.Methods.Config.ConfigIssue;

namespace OpenClaw.Gateway.Core.Methods.Config;

/// <summary>The configuration as clients get to see it.</summary>
internal static class ConfigViews
{
    public static JsonElement Redacted(JsonNode? node) => Element(ConfigRedaction.Redact(node) ?? new JsonObject());

    public static JsonElement Element(JsonNode node) => JsonElement.Parse(node.ToJsonString());

    public static WireIssue[] Issues(IReadOnlyList<Configuration.ConfigIssue> issues) =>
        [.. issues.Select(static issue => new WireIssue { Path = issue.Path, Message = issue.Message })];

    public static ConfigFileProblem? Problem(ConfigProblem? problem) => problem is null ? null : new ConfigFileProblem
    {
        Path = problem.Path,
        SinceMs = problem.Since.ToUnixTimeMilliseconds(),
        Issues = Issues(problem.Issues),
    };
}
