namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>How much the model should reason before it answers.</summary>
internal enum ThinkingLevel
{
    Off,
    Minimal,
    Low,
    Medium,
    High,
    XHigh,
}

/// <summary>How much of the tools' work clients see: nothing, that they ran, or their results too.</summary>
internal enum VerboseLevel
{
    Off,
    On,
    Full,
}

internal static class Levels
{
    /// <summary>Reads a thinking level or one of its aliases; null for anything else.</summary>
    public static ThinkingLevel? ParseThinking(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "off" => ThinkingLevel.Off,
        "minimal" or "think" => ThinkingLevel.Minimal,
        "low" or "on" or "enable" or "enabled" or "think-hard" or "thinkhard" => ThinkingLevel.Low,
        "medium" or "med" or "mid" or "harder" or "think-harder" or "thinkharder" => ThinkingLevel.Medium,
        "high" or "max" or "highest" or "ultra" or "ultrathink" => ThinkingLevel.High,
        "xhigh" or "x-high" => ThinkingLevel.XHigh,
        _ => null,
    };

    public static VerboseLevel? ParseVerbose(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "off" => VerboseLevel.Off,
        "on" => VerboseLevel.On,
        "full" => VerboseLevel.Full,
        _ => null,
    };

    public static string ToWire(this ThinkingLevel level) => level switch
    {
        ThinkingLevel.Off => "off",
        ThinkingLevel.Minimal => "minimal",
        ThinkingLevel.Low => "low",
        ThinkingLevel.Medium => "medium",
        ThinkingLevel.High => "high",
        ThinkingLevel.XHigh => "xhigh",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, null),
    };
}
