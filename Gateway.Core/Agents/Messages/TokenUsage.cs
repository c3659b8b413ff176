namespace OpenClaw.Gateway.Core.Agents.Messages;

/// <summary>Tokens of one or several model calls, and what they cost in US dollars.</summary>
/// <param name="Input">Prompt tokens that were not served from the provider's cache.</param>
/// <param name="Output">Generated tokens, reasoning included.</param>
/// <param name="CacheRead">Prompt tokens read from the cache.</param>
/// <param name="CacheWrite">Prompt tokens written to the cache.</param>
/// <param name="TotalTokens">All of them, or the provider's own total if it says one.</param>
internal sealed record TokenUsage(long Input, long Output, long CacheRead, long CacheWrite, long TotalTokens)
{
    public static readonly TokenUsage Zero = new(0, 0, 0, 0, 0);

    public TokenCost Cost { get; init; } = TokenCost.Zero;

    /// <summary>The size of the prompt, cached or not.</summary>
    public long Prompt => Input + CacheRead + CacheWrite;

    public static TokenUsage operator +(TokenUsage left, TokenUsage right) => new(
        left.Input + right.Input,
        left.Output + right.Output,
        left.CacheRead + right.CacheRead,
        left.CacheWrite + right.CacheWrite,
        left.TotalTokens + right.TotalTokens)
    {
        Cost = left.Cost + right.Cost,
    };
}

/// <summary>US dollars.</summary>
internal sealed record TokenCost(double Input, double Output, double CacheRead, double CacheWrite)
{
    public static readonly TokenCost Zero = new(0, 0, 0, 0);

    public double Total => Input + Output + CacheRead + CacheWrite;

    public static TokenCost operator +(TokenCost left, TokenCost right) => new(
        left.Input + right.Input,
        left.Output + right.Output,
        left.CacheRead + right.CacheRead,
        left.CacheWrite + right.CacheWrite);
}
