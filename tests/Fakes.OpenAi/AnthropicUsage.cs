using System.Text.Json.Nodes;

namespace OpenClaw.Fakes.OpenAi;

internal static class AnthropicUsage
{
    /// <summary>Here the input count leaves out what was cached.</summary>
    public static JsonObject Of(FakeUsage usage, int output) => new()
    {
        ["input_tokens"] = usage.Prompt - usage.Cached - usage.CacheWrite,
        ["cache_read_input_tokens"] = usage.Cached,
        ["cache_creation_input_tokens"] = usage.CacheWrite,
        ["output_tokens"] = output,
    };

    public static string StopReason(string openAi) => openAi switch
    {
        "stop" => "end_turn",
        "length" => "max_tokens",
        "tool_calls" => "tool_use",
        "content_filter" => "refusal",
        _ => openAi,
    };
}
