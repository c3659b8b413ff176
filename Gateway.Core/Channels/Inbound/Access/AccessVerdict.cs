namespace OpenClaw.Gateway.Core.Channels.Inbound.Access;

/// <summary>Whether somebody may talk to the agent here.</summary>
internal enum AccessOutcome
{
    /// <summary>Yes.</summary>
    Allowed,

    /// <summary>No, and nothing is said about it.</summary>
    Ignored,

    /// <summary>Not yet: it gets a code.</summary>
    NeedsPairing,
}

/// <summary>The answer to who somebody is here.</summary>
/// <param name="Outcome">Whether it may write.</param>
/// <param name="Reason">Why not, for the log.</param>
internal sealed record AccessVerdict(AccessOutcome Outcome, string Reason = "")
{
    /// <summary>Its commands are carried out.</summary>
    public bool MayCommand { get; init; }

    /// <summary>The operator named it, by an entry of its own: its commands may change the gateway.</summary>
    public bool IsOwner { get; init; }

    public static AccessVerdict Ignored(string reason) => new(AccessOutcome.Ignored, reason);
}
