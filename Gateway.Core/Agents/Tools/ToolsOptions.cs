using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Agents.Tools;

/// <summary>The meaning of <c>tools.*</c> for one agent: its own entry stands over the general one.</summary>
internal sealed record ToolsOptions
{
    /// <summary>Filters to apply one after another; each can only remove.</summary>
    public required IReadOnlyList<ToolPolicyStage> Stages { get; init; }

    public required ExecOptions Exec { get; init; }

    public static ToolsOptions From(JsonObject root, string agentId)
    {
        var config = new ConfigSection(root);
        var tools = config.Section("tools");
        var own = config.Section("agents").Sections("list").FirstOrDefault(item =>
            string.Equals(item.Text("id"), agentId, StringComparison.OrdinalIgnoreCase)).Section("tools");
        return new ToolsOptions
        {
            Stages = [ToolPolicyStage.From(tools, "tools"), ToolPolicyStage.From(own, $"agents.list[{agentId}].tools")],
            Exec = ExecOptions.From(tools.Section("exec"), own.Section("exec")),
        };
    }
}
