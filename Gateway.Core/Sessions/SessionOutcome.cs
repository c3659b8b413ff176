namespace OpenClaw.Gateway.Core.Sessions;

/// <summary>Which error code a refusal has on the wire.</summary>
internal enum SessionErrorKind
{
    /// <summary>INVALID_REQUEST: asking again the same way gives the same answer.</summary>
    InvalidRequest,

    /// <summary>UNAVAILABLE: it may work later.</summary>
    Unavailable,
}

/// <summary>Why a request was refused; the text is what clients see and depend on.</summary>
internal sealed record SessionError(SessionErrorKind Kind, string Message)
{
    public static SessionError Invalid(string message) => new(SessionErrorKind.InvalidRequest, message);

    public static SessionError Unavailable(string message) => new(SessionErrorKind.Unavailable, message);
}

/// <summary>A result, or why there is none.</summary>
internal readonly record struct SessionOutcome<T>(T? Value, SessionError? Error)
    where T : class
{
    public static implicit operator SessionOutcome<T>(T value) => new(value, null);

    public static implicit operator SessionOutcome<T>(SessionError error) => new(null, error);
}
