namespace OpenClaw.Gateway.Core.Onboarding.Checks;

/// <summary>What trying a secret showed.</summary>
public enum CheckOutcome
{
    /// <summary>It is right.</summary>
    Accepted,

    /// <summary>The other side refuses it.</summary>
    Refused,

    /// <summary>Nobody answered in time, so nothing is known about it.</summary>
    Unreachable,

    /// <summary>There was an answer that says neither.</summary>
    Unclear,
}

/// <summary>How a check ended.</summary>
/// <param name="Outcome">What is known now.</param>
/// <param name="Text">One sentence for people, without the secret.</param>
public sealed record CheckResult(CheckOutcome Outcome, string Text);
