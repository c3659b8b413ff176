using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Tools;

namespace OpenClaw.Gateway.Core.Tests.Agents;

/// <summary>A tool whose work is the test's.</summary>
internal sealed class FakeTool(string name, Func<ToolInvocation, CancellationToken, Task<ToolResult>> work, string? schema = null) : IAgentTool
{
    public string Name => name;

    public string Description => $"Does {name}. For tests.";

    public JsonElement Parameters { get; } = JsonDocument.Parse(schema ?? """{"type":"object","properties":{"value":{"type":"string"}}}""").RootElement;

    public Task<ToolResult> ExecuteAsync(ToolInvocation invocation, CancellationToken cancellationToken) => work(invocation, cancellationToken);

    /// <summary>Answers with its argument <c>value</c>.</summary>
    public static FakeTool Echo(string name = "echo") =>
        new(name, static (call, _) => Task.FromResult(ToolResult.FromText($"echoed {call.Arguments.Text("value")}")));
}
