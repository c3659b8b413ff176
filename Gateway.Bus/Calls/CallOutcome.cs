namespace OpenClaw.Gateway.Bus.Calls;

/// <summary>How a call ended.</summary>
public enum CallOutcome
{
    /// <summary>The server answered.</summary>
    Answered = 1,

    /// <summary>Nobody serves this. Known at once; nothing has run.</summary>
    NoServer,

    /// <summary>The server has too many calls waiting; nothing has run.</summary>
    Overloaded,

    /// <summary>The request is larger than the bus carries; nothing has run.</summary>
    TooLarge,

    /// <summary>The bus cannot be reached; nothing has run.</summary>
    Unavailable,

    /// <summary>The server threw. <see cref="CallResult.Error"/> names the exception's type, not its message, which may be private; the server has logged it.</summary>
    ServerFailed,

    /// <summary>The server stopped before it answered; the call may have run.</summary>
    ServerStopped,

    /// <summary>No answer until the deadline; the call may have run, or still run.</summary>
    DeadlineExceeded,
}
