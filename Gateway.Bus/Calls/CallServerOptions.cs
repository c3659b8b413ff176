namespace OpenClaw.Gateway.Bus.Calls;

/// <summary>Limits of one call server.</summary>
public sealed record CallServerOptions
{
    internal static CallServerOptions Default { get; } = new();

    /// <summary>Calls that are handled at the same time, 1 to 10 000; 256 by default.</summary>
    public int MaxConcurrency { get; init; } = 256;

    /// <summary>Calls that wait for their turn beyond that, 0 to 100 000; 1 024 by default. More end as <see cref="CallOutcome.Overloaded"/>.</summary>
    public int MaxWaiting { get; init; } = 1024;

    internal void Check() => OptionRange.Check(
        "options",
        OptionRange.Error(nameof(MaxConcurrency), MaxConcurrency, 1, 10_000),
        OptionRange.Error(nameof(MaxWaiting), MaxWaiting, 0, 100_000));
}
