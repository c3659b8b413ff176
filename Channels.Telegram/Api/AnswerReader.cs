using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace OpenClaw.Channels.Telegram.Api;

/// <summary>What an answer means.</summary>
internal static partial class AnswerReader
{
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(1);

    private const int MaxErrorLength = 300;

    private const int GatewayTimeout = 504;

    private const int ContentTooLarge = 413;

    public static BotAnswer<T> Read<T>(HttpResponseMessage response, AnswerBody body, JsonTypeInfo<T> type)
    {
        var status = (int)response.StatusCode;
        if (body is { IsComplete: true } && TryRead(body.Bytes) is { } envelope && (envelope.Ok || envelope.ErrorCode != 0))
            return envelope.Ok ? Result(envelope, type) : Failure<T>(envelope);
        if (status == 429)
            return new(BotOutcome.RateLimited) { Code = status, Error = "HTTP 429", RetryAfter = response.Headers.RetryAfter?.Delta ?? DefaultRetryAfter };
        // Something before the API did not wait for its answer: nobody knows whether there was one.
        if (status == GatewayTimeout)
            return new(BotOutcome.Unknown) { Code = status, Error = $"HTTP {status}, and no answer of the Bot API" };
        // It will be as large the next time.
        if (status == ContentTooLarge)
            return new(BotOutcome.Refused) { Code = status, Error = $"HTTP {status}: too large for what stands before the Bot API" };
        // A page of a server in front of the API: it did not let the call through.
        if (status is < 200 or >= 300)
            return new(BotOutcome.ServerError) { Code = status, Error = $"HTTP {status}, and no answer of the Bot API" };
        var text = Encoding.UTF8.GetString(body.Bytes.AsSpan(0, Math.Min(body.Bytes.Length, 64 << 10)));
        return new(BotOutcome.Unknown)
        {
            Code = status,
            Error = body.IsTooLarge ? "the answer is too large" : body.IsComplete ? "an answer that is none of the Bot API" : "the answer broke off",
            SaidOk = SaysOk().IsMatch(text),
            MessageId = SaysOk().IsMatch(text) && MessageIdIn().Match(text) is { Success: true } id && long.TryParse(id.Groups[1].ValueSpan, out var number) ? number : null,
        };
    }

    private static BotAnswer<T> Result<T>(Envelope envelope, JsonTypeInfo<T> type)
    {
        try
        {
            return new(BotOutcome.Ok) { Code = 200, Result = envelope.Result is { } result ? result.Deserialize(type) : default };
        }
        catch (JsonException)
        {
            return new(BotOutcome.Unknown) { Code = 200, Error = "a result of an unknown form", SaidOk = true };
        }
    }

    private static BotAnswer<T> Failure<T>(Envelope envelope)
    {
        var outcome = envelope.ErrorCode switch
        {
            429 => BotOutcome.RateLimited,
            GatewayTimeout => BotOutcome.Unknown,
            >= 500 => BotOutcome.ServerError,
            _ => BotOutcome.Refused,
        };
        var error = envelope.Description ?? $"error {envelope.ErrorCode}";
        return new(outcome)
        {
            Code = envelope.ErrorCode,
            Error = error.Length <= MaxErrorLength ? error : error[..MaxErrorLength],
            RetryAfter = outcome is BotOutcome.RateLimited ? Delay(envelope.Parameters?.RetryAfter) : null,
            MigrateToChatId = envelope.Parameters?.MigrateToChatId,
        };
    }

    private static TimeSpan Delay(double? seconds) =>
        seconds is > 0 and < 1e9 ? TimeSpan.FromSeconds(seconds.Value) : DefaultRetryAfter;

    private static Envelope? TryRead(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, BotJsonContext.Default.Envelope);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("""^\s*\{\s*"ok"\s*:\s*true\b""")]
    private static partial Regex SaysOk();

    [GeneratedRegex("""^\s*\{\s*"ok"\s*:\s*true\s*,\s*"result"\s*:\s*\{\s*"message_id"\s*:\s*(\d+)\b""")]
    private static partial Regex MessageIdIn();
}
