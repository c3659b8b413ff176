using System.Net;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>Why a model call failed. The text is fit for the user and never holds a key.</summary>
internal sealed record ModelFailure
{
    /// <summary>For example <c>HTTP 429: Rate limit exceeded</c>.</summary>
    public required string Text { get; init; }

    public required ModelFailureKind Kind { get; init; }

    /// <summary>Null when there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The same call may succeed a little later.</summary>
    public bool Retryable { get; init; }

    /// <summary>How long the provider asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Another model may do better: the fault is the key's, the account's, the load's or the request's form.</summary>
    public bool AllowsFailover => Kind is ModelFailureKind.RateLimit or ModelFailureKind.Billing or ModelFailureKind.Timeout
        or ModelFailureKind.Auth or ModelFailureKind.Format || Retryable;

    /// <summary>The name of the class in the text that lists failed models.</summary>
    public string ReasonName => Kind switch
    {
        ModelFailureKind.RateLimit => "rate_limit",
        ModelFailureKind.Billing => "billing",
        ModelFailureKind.Timeout => "timeout",
        ModelFailureKind.Auth => "auth",
        ModelFailureKind.Format => "format",
        _ => "unknown",
    };
}

internal enum ModelFailureKind
{
    /// <summary>Anything without a class of its own.</summary>
    Other,
    RateLimit,
    Billing,
    Timeout,
    Auth,

    /// <summary>The provider did not take the shape of the conversation, for example its tool ids.</summary>
    Format,

    /// <summary>The provider did not take the request, for a reason without a class of its own: asking again would not help.</summary>
    Rejected,

    /// <summary>The prompt does not fit into the model's window.</summary>
    ContextOverflow,

    /// <summary>The provider is in trouble, or its answer broke off.</summary>
    Server,

    /// <summary>The provider cannot be reached.</summary>
    Network,
}

/// <summary>A model call failed; thrown by chat clients, caught by the run loop.</summary>
internal sealed class ModelCallException(ModelFailure failure, Exception? inner = null) : Exception(failure.Text, inner)
{
    public ModelFailure Failure { get; } = failure;
}
