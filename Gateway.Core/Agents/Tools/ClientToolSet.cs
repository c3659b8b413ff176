using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OpenClaw.Gateway.Core.Agents.Tools;

/// <summary>A function that the caller of a run carries out itself.</summary>
/// <param name="Name">1 to 64 of <c>[a-zA-Z0-9_-]</c>.</param>
/// <param name="Description">For the model; may be empty.</param>
/// <param name="Parameters">JSON Schema of the arguments, an object.</param>
internal sealed record ClientTool(string Name, string Description, JsonElement Parameters)
{
    /// <summary>The caller wants arguments that fit the schema exactly. It is told back; models are not held to it.</summary>
    public bool IsStrict { get; init; }
}

/// <summary>The caller's functions of one run, and whether the model has to call one.</summary>
/// <param name="Tools">The functions; none may have the name of another.</param>
/// <param name="Mode">Null leaves the choice to the model.</param>
internal sealed record ClientToolSet(IReadOnlyList<ClientTool> Tools, ChatToolMode? Mode = null)
{
    public static ClientToolSet None { get; } = new([]);

    /// <summary>A run that ends without a call of one of them has not done what was asked.</summary>
    public bool IsCallRequired => Mode is RequiredChatToolMode;

    public IEnumerable<AITool> Declarations => Tools.Select(static tool => new Declaration(tool));

    public bool Has(string name) => Tools.Any(tool => tool.Name == name);

    private sealed class Declaration(ClientTool tool) : AIFunctionDeclaration
    {
        public override string Name => tool.Name;

        public override string Description => tool.Description;

        public override JsonElement JsonSchema => tool.Parameters;
    }
}
