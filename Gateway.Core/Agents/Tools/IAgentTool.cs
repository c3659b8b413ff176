using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Agents.Tools;

/// <summary>Something the model can do. One instance serves one run.</summary>
internal interface IAgentTool
{
    /// <summary>The name models call it by: lower case, <c>[a-z0-9_]</c>.</summary>
    string Name { get; }

    /// <summary>For the model: what it does and when to use it.</summary>
    string Description { get; }

    /// <summary>The JSON Schema of the arguments; an object.</summary>
    JsonElement Parameters { get; }

    /// <summary>Other names under which models send an argument.</summary>
    IReadOnlyDictionary<string, string> ArgumentAliases => NoAliases;

    private static readonly IReadOnlyDictionary<string, string> NoAliases = new Dictionary<string, string>();

    /// <summary>Text arguments for which a number or a flag is refused instead of read as text, because it can only be a mistake.</summary>
    IReadOnlySet<string> LiteralTexts => NoTexts;

    private static readonly IReadOnlySet<string> NoTexts = new HashSet<string>();

    /// <summary>A short human summary of a call, such as its path or command; null when there is nothing to say.</summary>
    string? Summarize(JsonObject arguments) => null;

    /// <summary>
    /// Does the work. Failures that the model should read are results with <see cref="ToolResult.IsError"/>; an exception
    /// becomes such a result too. Cancellation means the run was aborted: leave nothing running.
    /// </summary>
    Task<ToolResult> ExecuteAsync(ToolInvocation invocation, CancellationToken cancellationToken);
}

/// <summary>
/// One call of a tool, its arguments checked against <see cref="IAgentTool.Parameters"/>. <paramref name="OnUpdate"/> tells
/// clients how far it is, from any thread.
/// </summary>
internal sealed record ToolInvocation(string ToolCallId, JsonObject Arguments, Action<ToolResult> OnUpdate);
