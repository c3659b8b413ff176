namespace OpenClaw.Cli.Services;

/// <summary>What a user typed after <c>gateway install</c>.</summary>
internal sealed record ServiceInstallArguments
{
    public int? Port { get; init; }

    public string? Token { get; init; }

    public bool Force { get; init; }

    /// <summary>A unit of the system instead of the user's.</summary>
    public bool IsSystemWide { get; init; }

    /// <summary>The user that a unit of the system runs as.</summary>
    public string? User { get; init; }

    /// <summary>Never the token.</summary>
    public override string ToString() => FormattableString.Invariant($"ServiceInstallArguments {{ Port = {Port}, Force = {Force}, System = {IsSystemWide} }}");
}
