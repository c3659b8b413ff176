using Microsoft.AspNetCore.Http;

namespace OpenClaw.Gateway.Core.Http.Answers;

/// <summary>What a caller is told in place of what it asked for, in OpenAI's form: <c>{"error":{"message","type","param"?,"code"?}}</c>.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">Stable word for programs.</param>
/// <param name="Message">For people; never holds a secret.</param>
internal sealed record ApiError(int Status, string Type, string Message)
{
    public const string InvalidRequest = "invalid_request_error";

    /// <summary>The field that is wrong.</summary>
    public string? Param { get; init; }

    /// <summary>A finer word than <see cref="Type"/>.</summary>
    public string? Code { get; init; }

    /// <summary>When to ask again; null when that would not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The methods that the path takes, for 405.</summary>
    public string? Allow { get; init; }

    public static ApiError Invalid(string message, string? param = null, string? code = null) =>
        new(StatusCodes.Status400BadRequest, InvalidRequest, message) { Param = param, Code = code };

    public static ApiError Unavailable(string message) =>
        new(StatusCodes.Status503ServiceUnavailable, "unavailable", message) { RetryAfter = TimeSpan.FromSeconds(1) };

    public static ApiError TooLarge(long limit) =>
        new(StatusCodes.Status413PayloadTooLarge, "request_too_large", FormattableString.Invariant($"The body is larger than {limit} bytes."));
}
