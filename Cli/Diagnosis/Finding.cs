namespace OpenClaw.Cli.Diagnosis;

/// <summary>How bad something is.</summary>
internal enum FindingSeverity
{
    /// <summary>Good to know; nothing is wrong.</summary>
    Info,

    /// <summary>It works, and will hurt some day.</summary>
    Warning,

    /// <summary>Something does not work, is open to others, or will be lost.</summary>
    Error,
}

/// <summary>Something that a check found.</summary>
/// <param name="Id">Stable name for scripts, e.g. <c>config.syntax</c>.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Detail">What was seen and what follows from it; never a secret.</param>
internal sealed record Finding(string Id, FindingSeverity Severity, string Title, string Detail)
{
    /// <summary>What a person can do; null when <see cref="Repair"/> is all there is to do, or nothing has to be done.</summary>
    public string? Remedy { get; init; }

    /// <summary>What <c>--fix</c> does about it; null when that is for a person to decide.</summary>
    public Repair? Repair { get; init; }

    /// <summary>Whether an exit code has to tell of it.</summary>
    public bool IsProblem => Severity is not FindingSeverity.Info;
}
