using System.Text.Json;

namespace OpenClaw.Gateway.Protocol.Errors;

/// <summary>The <c>error</c> of a response.</summary>
public sealed record ErrorShape
{
    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>Text for people; clients show it as it is.</summary>
    public required string Message { get; init; }

    /// <summary>Machine-readable extras, shaped by <see cref="Code"/>.</summary>
    public JsonElement? Details { get; init; }

    /// <summary>True when the same request may succeed later.</summary>
    public bool? Retryable { get; init; }

    /// <summary>How long to wait before a repeat, in milliseconds.</summary>
    public long? RetryAfterMs { get; init; }

    /// <summary>An <see cref="ErrorCodes.InvalidRequest"/> error.</summary>
    public static ErrorShape InvalidRequest(string message, JsonElement? details = null) =>
        new() { Code = ErrorCodes.InvalidRequest, Message = message, Details = details };

    /// <summary>An <see cref="ErrorCodes.Unavailable"/> error.</summary>
    public static ErrorShape Unavailable(string message, JsonElement? details = null) =>
        new() { Code = ErrorCodes.Unavailable, Message = message, Details = details };

    /// <summary>An <see cref="ErrorCodes.NotPaired"/> error.</summary>
    public static ErrorShape NotPaired(string message, JsonElement? details = null) =>
        new() { Code = ErrorCodes.NotPaired, Message = message, Details = details };
}
