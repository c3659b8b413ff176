using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>Sorts what went wrong with a model call.</summary>
internal static class ModelFailures
{
    /// <summary>Longest message taken over from a provider, in characters.</summary>
    private const int MaxMessageChars = 2000;

    private static readonly string[] OverflowMarks =
    [
        "context length", "context_length_exceeded", "context window", "prompt is too long", "prompt too long",
        "maximum context", "too many tokens", "input is too long", "exceeds the limit of tokens", "request_too_large",
    ];

    private static readonly string[] RateMarks =
        ["rate limit", "rate_limit", "too many requests", "quota", "resource exhausted", "resource_exhausted", "usage limit", "overloaded"];

    private static readonly string[] BillingMarks =
        ["payment required", "insufficient credits", "insufficient balance", "insufficient_quota", "credit balance", "plans & billing", "plans and billing"];

    private static readonly string[] AuthMarks =
        ["invalid api key", "invalid_api_key", "incorrect api key", "unauthorized", "forbidden", "token has expired", "no api key"];

    private static readonly string[] FormatMarks = ["tool_use.id", "tool_use_id", "tool_call_id", "invalid request format", "roles must alternate"];

    public static ModelFailure FromStatus(HttpStatusCode status, string body, RetryConditionHeaderValue? retryAfter, DateTimeOffset now)
    {
        var (type, message, code) = ReadBody(body);
        message = message.Length > 0 ? message : status.ToString();
        var kind = Classify((int)status, message, $"{type} {code}");
        return new ModelFailure
        {
            Text = kind == ModelFailureKind.Billing ? Billing((int)status, message) : Describe((int)status, type, message),
            Kind = kind,
            Status = status,
            Retryable = kind is ModelFailureKind.RateLimit or ModelFailureKind.Server || status == HttpStatusCode.RequestTimeout,
            RetryAfter = WaitOf(retryAfter, now),
        };
    }

    /// <summary>An error that came inside the stream, after a 200.</summary>
    public static ModelFailure FromEvent(string type, string message)
    {
        var status = type switch
        {
            "overloaded_error" => 529,
            "rate_limit_error" => 429,
            "authentication_error" => 401,
            "permission_error" => 403,
            "invalid_request_error" => 400,
            "request_too_large" => 413,
            _ => 500,
        };
        var text = Cut(message.Length > 0 ? message : type);
        var kind = Classify(status, text, type);
        return new ModelFailure
        {
            Text = type.Length > 0 && !text.Contains(type, StringComparison.Ordinal) ? $"{type}: {text}" : text,
            Kind = kind,
            Retryable = kind is ModelFailureKind.RateLimit or ModelFailureKind.Server,
        };
    }

    public static ModelFailure Unreachable() =>
        new() { Text = "Connection error.", Kind = ModelFailureKind.Network, Retryable = true };

    /// <summary>The answer broke off before its end.</summary>
    public static ModelFailure Terminated() =>
        new() { Text = "terminated", Kind = ModelFailureKind.Server, Retryable = true };

    public static ModelFailure Malformed() =>
        new() { Text = "The provider's answer is not valid JSON.", Kind = ModelFailureKind.Server, Retryable = true };

    public static ModelFailure TooLarge(long limit) => new()
    {
        Text = string.Create(CultureInfo.InvariantCulture, $"The provider's answer is larger than {limit / 1024 / 1024} MiB."),
        Kind = ModelFailureKind.Other,
    };

    private static ModelFailureKind Classify(int status, string message, string type)
    {
        var text = $"{type} {message}".ToLowerInvariant();
        if (Has(text, OverflowMarks) || status == 413)
            return ModelFailureKind.ContextOverflow;
        if (status == 402 || Has(text, BillingMarks))
            return ModelFailureKind.Billing;
        if (status == 429 || Has(text, RateMarks))
            return ModelFailureKind.RateLimit;
        if (status is 401 or 403 || Has(text, AuthMarks))
            return ModelFailureKind.Auth;
        if (Has(text, FormatMarks))
            return ModelFailureKind.Format;
        return status switch
        {
            408 => ModelFailureKind.Timeout,
            >= 400 and < 500 => ModelFailureKind.Rejected,
            >= 500 => ModelFailureKind.Server,
            _ => ModelFailureKind.Other,
        };
    }

    // The shapes clients of the original know: 401 and 403 bare, Anthropic's with the error's type, the rest with "HTTP".
    private static string Describe(int status, string type, string message) => (status, type.Length > 0) switch
    {
        (_, true) => string.Create(CultureInfo.InvariantCulture, $"HTTP {status} {type}: {message}"),
        (401 or 403, _) => string.Create(CultureInfo.InvariantCulture, $"{status} {message}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"HTTP {status}: {message}"),
    };

    private static string Billing(int status, string message) =>
        string.Create(CultureInfo.InvariantCulture, $"⚠️ The provider refused the call for billing reasons (HTTP {status}: {message}). Check the credits of the account the API key belongs to, or use another key.");

    /// <summary>The type is only given for Anthropic's form, whose body is itself an object of type error.</summary>
    private static (string Type, string Message, string Code) ReadBody(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0)
                root = root[0];
            if (root.ValueKind != JsonValueKind.Object)
                return ("", Cut(body), "");
            if (!root.TryGetProperty("error", out var error))
                return ("", Cut(TextOf(root, "message") is { Length: > 0 } message ? message : TextOf(root, "detail")), "");
            if (error.ValueKind == JsonValueKind.String)
                return ("", Cut(error.GetString() ?? ""), "");
            if (error.ValueKind != JsonValueKind.Object)
                return ("", Cut(body), "");
            var type = TextOf(error, "type");
            return (TextOf(root, "type") == "error" ? type : "", Cut(TextOf(error, "message")), $"{type} {TextOf(error, "code")}");
        }
        catch (JsonException)
        {
            return ("", Cut(body), "");
        }
    }

    private static string TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    private static string Cut(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length <= MaxMessageChars ? trimmed : trimmed[..MaxMessageChars] + "…";
    }

    private static bool Has(string text, string[] marks) => marks.Any(mark => text.Contains(mark, StringComparison.Ordinal));

    private static TimeSpan? WaitOf(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var wait = header?.Delta ?? header?.Date - now;
        return wait > TimeSpan.Zero ? wait : null;
    }
}
