using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Handshake;
using OpenClaw.Gateway.Core.Http.Answers;
using OpenClaw.Gateway.Core.Http.Requests;
using OpenClaw.Gateway.Protocol.Devices;

namespace OpenClaw.Gateway.Core.Http.Hooks;

/// <summary>Webhooks: <c>wake</c>, <c>agent</c>, and whatever the configuration maps. The caller is known before its body is read.</summary>
internal sealed partial class HooksEndpoint(
    ConfigStore configuration, ApiAuth auth, ApiBody bodies, HookIntake intake, HookReceipts receipts, HookRate rate, TimeProvider time, ILogger<HooksEndpoint> logger) : IApiEndpoint
{
    private const string TokenInQuery = "Hook token must be provided via Authorization: Bearer <token> or X-OpenClaw-Token header (query parameters are not allowed).";

    private volatile Cached? _cached;

    public string? DisabledBecause => null;

    public string Methods => HttpMethods.Post;

    public bool TakesGatewaySecret => false;

    private HookOptions Options
    {
        get
        {
            var snapshot = configuration.Current;
            if (_cached is { } cached && ReferenceEquals(cached.Snapshot, snapshot))
                return cached.Options;
            var options = HookOptions.From(snapshot);
            _cached = new Cached(snapshot, options);
            return options;
        }
    }

    public bool Serves(string path) =>
        Options is { Token: not null } options && path.StartsWith(options.Path, StringComparison.Ordinal) && (path.Length == options.Path.Length || path[options.Path.Length] == '/');

    public async Task HandleAsync(HttpContext context)
    {
        var options = Options;
        var path = context.Request.Path.Value![options.Path.Length..].TrimStart('/');
        var (allowed, refusal) = Admit(context, options, path.TrimEnd('/'));
        if (refusal is not null)
        {
            await AnswerAsync(context, refusal).ConfigureAwait(false);
            return;
        }
        var body = await bodies.ReadAsync(context, options.MaxBodyBytes).ConfigureAwait(false);
        if (body.Error is { } unreadable)
        {
            await AnswerAsync(context, unreadable).ConfigureAwait(false);
            return;
        }
        var (action, wrong) = Find(context, path, allowed, body.Root);
        if (action is null)
        {
            await AnswerAsync(context, wrong!).ConfigureAwait(false);
            return;
        }
        await CarryOutAsync(context, path, action, body.Bytes).ConfigureAwait(false);
    }

    /// <summary>The mappings that the caller may use; null stands for everything.</summary>
    private (IReadOnlyList<HookMapping>? Allowed, ApiError? Refusal) Admit(HttpContext context, HookOptions options, string path)
    {
        if (context.Request.Query.ContainsKey("token"))
            return (null, ApiError.Invalid(TokenInQuery));
        var offered = ApiAuth.Bearer(context) ?? (context.Request.Headers["x-openclaw-token"].ToString().Trim() is { Length: > 0 } header ? header : null);
        var own = options.Mappings.Where(mapping => mapping.Token is not null && (mapping.MatchPath is null || mapping.MatchPath == path) && SecretComparer.Matches(offered, mapping.Token)).ToList();
        var expected = own.Count > 0 ? own[0].Token : options.Token;
        if (auth.Check(context, expected, offered, "hooks") is { } refused)
            return (null, refused);
        if (!HttpMethods.IsPost(context.Request.Method))
            return (null, ApiPipeline.WrongMethod(this));
        if (path.Length == 0)
            return (null, NotFound());
        var address = ClientAddress.Of(context, configuration.Current.Gateway.TrustedProxies);
        if (rate.Count(ClientAddress.RateLimitKey(address.Address)) is { } wait)
            return (null, new ApiError(StatusCodes.Status429TooManyRequests, "rate_limit_error", $"At most {HookRate.MaxCalls} calls a minute are taken.") { RetryAfter = wait });
        return (own.Count > 0 ? own : null, null);
    }

    private (HookAction? Action, ApiError? Wrong) Find(HttpContext context, string path, IReadOnlyList<HookMapping>? allowed, JsonElement body)
    {
        if (allowed is null && path is "wake" or "agent")
            return ToResult(path == "wake" ? HookActions.Wake(body) : HookActions.Turn(body));
        var plain = path.Trim('/');
        var source = FieldReader.Get(body, "source") is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        var mapping = (allowed ?? Options.Mappings).FirstOrDefault(candidate =>
            (candidate.MatchPath is null || candidate.MatchPath == plain) && (candidate.MatchSource is null || candidate.MatchSource == source));
        if (mapping is null)
            return (null, NotFound());
        if (mapping.HasTransform)
            return (null, new ApiError(StatusCodes.Status501NotImplemented, "not_implemented", "hook mapping failed: its transform is a JavaScript module, which this gateway does not run"));
        return ToResult(HookActions.Of(Options, mapping, new HookTemplateValues(plain, context.Request, body, time.GetUtcNow())));
    }

    private static (HookAction? Action, ApiError? Wrong) ToResult((HookAction? Action, string? Wrong) result) =>
        (result.Action, result.Wrong is { } wrong ? ApiError.Invalid(wrong) : null);

    private async Task CarryOutAsync(HttpContext context, string path, HookAction action, ReadOnlyMemory<byte> body)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString().Trim();
        if (key.Length == 0)
        {
            var (status, answer) = await AcceptAsync(action, Guid.NewGuid().ToString()).ConfigureAwait(false);
            await ApiAnswers.WriteAsync(context, status, answer).ConfigureAwait(false);
            return;
        }
        if (key.Length > HookReceipts.MaxKeyLength)
        {
            await AnswerAsync(context, ApiError.Invalid($"Idempotency-Key: at most {HookReceipts.MaxKeyLength} characters are taken")).ConfigureAwait(false);
            return;
        }
        var name = HookReceipts.NameOf(path.Trim('/'), key);
        using var place = await receipts.EnterAsync(name, context.RequestAborted).ConfigureAwait(false);
        if (await receipts.FindAsync(name, context.RequestAborted).ConfigureAwait(false) is { } earlier)
        {
            if (earlier.Body == HookReceipts.HashOf(body))
                await ApiAnswers.WriteAsync(context, earlier.Status, System.Text.Encoding.UTF8.GetBytes(earlier.Answer)).ConfigureAwait(false);
            else
                await AnswerAsync(context, new ApiError(StatusCodes.Status409Conflict, ApiError.InvalidRequest, "This Idempotency-Key was used for another body.")).ConfigureAwait(false);
            return;
        }
        var (newStatus, newAnswer) = await AcceptAsync(action, "hook-" + name[..32]).ConfigureAwait(false);
        if (newStatus < StatusCodes.Status400BadRequest)
            await RememberAsync(name, new HookReceipt(HookReceipts.HashOf(body), newStatus, System.Text.Encoding.UTF8.GetString(newAnswer.Span))).ConfigureAwait(false);
        await ApiAnswers.WriteAsync(context, newStatus, newAnswer).ConfigureAwait(false);
    }

    private async Task RememberAsync(string name, HookReceipt receipt)
    {
        try
        {
            await receipts.WriteAsync(name, receipt).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The work is accepted: a caller that were told otherwise would send it again.
            LogNoReceipt(logger, e.Message);
        }
    }

    /// <summary>Once this is begun it is finished, whether or not the caller waits: it may have been told already that it worked.</summary>
    private async Task<(int Status, ReadOnlyMemory<byte> Answer)> AcceptAsync(HookAction action, string runId)
    {
        if (action is HookWake wake)
        {
            return await intake.AcceptAsync(wake, runId).ConfigureAwait(false) is { } untold
                ? (StatusCodes.Status503ServiceUnavailable, Json(false, "error", untold))
                : (StatusCodes.Status200OK, Json(true, "mode", wake.Now ? "now" : "next-heartbeat"));
        }
        return await intake.AcceptAsync((HookTurn)action, runId).ConfigureAwait(false) switch
        {
            null => (StatusCodes.Status202Accepted, Json(true, "runId", runId)),
            var wrong when wrong.StartsWith("sessionKey ", StringComparison.Ordinal) => (StatusCodes.Status400BadRequest, Json(false, "error", wrong)),
            var problem => (StatusCodes.Status503ServiceUnavailable, Json(false, "error", problem)),
        };
    }

    private static ApiError NotFound() => new(StatusCodes.Status404NotFound, "not_found", "Not Found");

    private static Task AnswerAsync(HttpContext context, ApiError error)
    {
        ApiAnswers.Announce(context, error);
        return ApiAnswers.WriteAsync(context, error.Status, Json(false, "error", error.Message));
    }

    private static ReadOnlyMemory<byte> Json(bool ok, string name, string value)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer, ApiAnswers.Options))
        {
            json.WriteStartObject();
            json.WriteBoolean("ok", ok);
            json.WriteString(name, value);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    [LoggerMessage(1805, LogLevel.Error, "The receipt of an accepted hook call could not be written; a repeat of the call is taken for a new one: {Reason}")]
    private static partial void LogNoReceipt(ILogger logger, string reason);

    private sealed record Cached(ConfigSnapshot Snapshot, HookOptions Options);
}
