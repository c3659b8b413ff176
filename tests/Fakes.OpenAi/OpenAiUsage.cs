using System.Text.Json.Nodes;

namespace OpenClaw.Fakes.OpenAi;

internal static class OpenAiUsage
{
    public static JsonObject Of(FakeUsage usage) => new()
    {
        ["prompt_tokens"] = usage.Prompt,
        ["completion_tokens"] = usage.Completion,
        ["total_tokens"] = usage.Prompt + usage.Completion,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.Cached },
        ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = usage.Reasoning },
    };
}

/// <summary>Tool call ids; process wide, so that no two conversations share one.</summary>
internal static class ToolIds
{
    private static int _last;

    public static string Next(string prefix) => $"{prefix}_{Interlocked.Increment(ref _last)}";
}
