namespace OpenClaw.Gateway.Protocol.Errors;

/// <summary>Values of <see cref="ErrorShape.Code"/>.</summary>
public static class ErrorCodes
{
    /// <summary>The request is wrong or not allowed; repeating it unchanged is pointless.</summary>
    public const string InvalidRequest = "INVALID_REQUEST";

    /// <summary>The device has to be paired first.</summary>
    public const string NotPaired = "NOT_PAIRED";

    /// <summary>The work could not be done now.</summary>
    public const string Unavailable = "UNAVAILABLE";

    /// <summary>An agent run exceeded its time.</summary>
    public const string AgentTimeout = "AGENT_TIMEOUT";

    /// <summary>The channel has no linked account.</summary>
    public const string NotLinked = "NOT_LINKED";

    /// <summary>Protocol 4 only: the connection lacks a scope.</summary>
    public const string Forbidden = "FORBIDDEN";
}
