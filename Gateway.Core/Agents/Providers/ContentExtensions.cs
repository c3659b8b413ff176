using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>The conventions by which this gateway's messages ride on the types of Microsoft.Extensions.AI.</summary>
internal static class ContentExtensions
{
    private const string ToolNameKey = "toolName";
    private const string IsErrorKey = "isError";
    private const string CacheWriteKey = "cacheWrite";
    private const string RawArgumentsKey = "json";

    /// <summary>A tool's result; its <see cref="FunctionResultContent.Result"/> is the list of contents.</summary>
    public static FunctionResultContent ToolResult(string callId, string toolName, IReadOnlyList<AIContent> contents, bool isError) =>
        new(callId, contents) { AdditionalProperties = new() { [ToolNameKey] = toolName, [IsErrorKey] = isError } };

    public static string ToolName(this FunctionResultContent result) => result.AdditionalProperties?[ToolNameKey] as string ?? "";

    public static bool IsError(this FunctionResultContent result) => result.AdditionalProperties?[IsErrorKey] is true;

    public static IReadOnlyList<AIContent> Contents(this FunctionResultContent result) => result.Result switch
    {
        IReadOnlyList<AIContent> contents => contents,
        string text => [new TextContent(text)],
        _ => [],
    };

    /// <summary>A call with its arguments as the JSON object they came as.</summary>
    public static FunctionCallContent ToolCall(string callId, string name, JsonObject arguments) =>
        new(callId, name, null) { AdditionalProperties = new() { [RawArgumentsKey] = arguments } };

    public static JsonObject JsonArguments(this FunctionCallContent call) => call.AdditionalProperties?[RawArgumentsKey] as JsonObject ?? [];

    public static UsageDetails Usage(long prompt, long cached, long cacheWrite, long output, long reasoning) => new()
    {
        InputTokenCount = prompt,
        CachedInputTokenCount = cached,
        OutputTokenCount = output,
        ReasoningTokenCount = reasoning,
        TotalTokenCount = prompt + output,
        AdditionalCounts = new() { [CacheWriteKey] = cacheWrite },
    };

    public static long CacheWrite(this UsageDetails usage) =>
        usage.AdditionalCounts is { } counts && counts.TryGetValue(CacheWriteKey, out var value) ? value : 0;
}
