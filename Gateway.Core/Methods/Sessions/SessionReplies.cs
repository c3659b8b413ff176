using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Gateway.Core.Methods.Sessions;

/// <summary>Turns the results of the session services into answers.</summary>
internal static class SessionReplies
{
    public static MethodReply Of<T>(T result, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(result, type));

    public static MethodReply Of<T>(SessionOutcome<T> outcome, JsonTypeInfo<T> type)
        where T : class =>
        outcome.Error is { } error ? MethodReply.Failed(ToShape(error)) : Of(outcome.Value!, type);

    public static MethodResult<T> Of<T>(SessionOutcome<T> outcome)
        where T : class =>
        outcome.Error is { } error ? ToShape(error) : outcome.Value!;

    public static ErrorShape ToShape(SessionError error) =>
        error.Kind is SessionErrorKind.InvalidRequest ? ErrorShape.InvalidRequest(error.Message) : ErrorShape.Unavailable(error.Message);
}
