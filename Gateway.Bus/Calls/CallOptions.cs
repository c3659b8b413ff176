namespace OpenClaw.Gateway.Bus.Calls;

/// <summary>Options of one call.</summary>
public sealed record CallOptions
{
    internal static CallOptions Default { get; } = new();

    /// <summary>How long to wait for the answer, 1 ms to 1 h; 30 s by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    internal void Check() => OptionRange.Check(
        "options",
        OptionRange.Error(nameof(Timeout), Timeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1)));
}
