using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OpenClaw.Gateway.Core.Agents.Tools;

/// <summary>The tools of one run, by name, and as the model is told about them.</summary>
internal sealed class ToolSet
{
    private readonly Dictionary<string, IAgentTool> _byName = new(StringComparer.Ordinal);

    public ToolSet(IEnumerable<IAgentTool> tools)
    {
        foreach (var tool in tools)
            _byName.TryAdd(tool.Name, tool);
        Tools = [.. _byName.Values];
        Declarations = [.. Tools.Select(static tool => new Declaration(tool))];
    }

    public IReadOnlyList<IAgentTool> Tools { get; }

    public IList<AITool> Declarations { get; }

    public IAgentTool? Find(string name) => _byName.GetValueOrDefault(ToolGroups.Normalize(name));

    private sealed class Declaration(IAgentTool tool) : AIFunctionDeclaration
    {
        public override string Name => tool.Name;

        public override string Description => tool.Description;

        public override JsonElement JsonSchema => tool.Parameters;
    }
}
