namespace OpenClaw.Gateway.Bus.Calls;

/// <summary>The one result of a call.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Payload">The answer; empty unless <see cref="CallOutcome.Answered"/>.</param>
/// <param name="Error">One line for a log; null when answered.</param>
public readonly record struct CallResult(CallOutcome Outcome, ReadOnlyMemory<byte> Payload, string? Error)
{
    /// <summary>True when there is an answer.</summary>
    public bool IsAnswered => Outcome == CallOutcome.Answered;

    /// <summary>False when it is certain that no handler has begun, so that calling again cannot do the work twice.</summary>
    public bool MayHaveRun => Outcome is CallOutcome.Answered or CallOutcome.ServerFailed or CallOutcome.ServerStopped or CallOutcome.DeadlineExceeded;

    internal static CallResult Answer(ReadOnlyMemory<byte> payload) => new(CallOutcome.Answered, payload, null);

    internal static CallResult Failure(CallOutcome outcome, string error) => new(outcome, default, error);
}
