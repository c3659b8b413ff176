using System.Text.Json;
using OpenClaw.Gateway.Core.Sessions.Transcripts;

namespace OpenClaw.Gateway.Core.Sessions.Usage;

/// <summary>Tokens of one model call, in whatever spelling its provider or an earlier release stored them.</summary>
internal sealed record UsageNumbers(long Input, long Output, long CacheRead, long CacheWrite, long Total)
{
    /// <summary>Tokens by kind, which may differ from the provider's own total.</summary>
    public long Sum => Input + Output + CacheRead + CacheWrite;

    public static UsageNumbers? Read(JsonElement usage)
    {
        var input = Number(usage, "input", "inputTokens", "input_tokens", "promptTokens", "prompt_tokens");
        var output = Number(usage, "output", "outputTokens", "output_tokens", "completionTokens", "completion_tokens");
        var cacheRead = Number(usage, "cacheRead", "cache_read", "cache_read_input_tokens");
        var cacheWrite = Number(usage, "cacheWrite", "cache_write", "cache_creation_input_tokens");
        var total = Number(usage, "total", "totalTokens", "total_tokens");
        if ((input ?? output ?? cacheRead ?? cacheWrite ?? total) is null)
            return null;
        var sum = (input ?? 0) + (output ?? 0) + (cacheRead ?? 0) + (cacheWrite ?? 0);
        return new UsageNumbers(input ?? 0, output ?? 0, cacheRead ?? 0, cacheWrite ?? 0, total ?? sum);
    }

    private static long? Number(JsonElement usage, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (MessageReader.Member(usage, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && Math.Abs(number) < 1e15)
                return (long)number;
        }
        return null;
    }
}

/// <summary>US dollars of one model call; without a breakdown only the total is set.</summary>
internal sealed record UsageCost(double Total, double Input, double Output, double CacheRead, double CacheWrite)
{
    public static UsageCost? Read(JsonElement usage)
    {
        var cost = MessageReader.Member(usage, "cost");
        if (Number(cost, "total") is not (>= 0 and var total))
            return null;
        return new UsageCost(total, Number(cost, "input") ?? 0, Number(cost, "output") ?? 0, Number(cost, "cacheRead") ?? 0, Number(cost, "cacheWrite") ?? 0);
    }

    private static double? Number(JsonElement cost, string name) =>
        MessageReader.Member(cost, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;
}
