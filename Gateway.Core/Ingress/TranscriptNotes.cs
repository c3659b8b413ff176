using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Cluster;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Core.Sessions.Transcripts;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Chat;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>Puts messages of the assistant into sessions without asking a model, also while a run of the session works on another core.</summary>
internal sealed class TranscriptNotes(
    SessionStores stores, ISessionSettings settings, TranscriptFiles transcripts, RunEventBroadcaster events, SessionLeases leases, SessionCalls calls, TimeProvider time)
{
    private static readonly TimeSpan ForeignTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Adds the message and tells the clients.</summary>
    public async ValueTask<MethodResult<ChatInjectResult>> InjectAsync(ChatInjectParams parameters, CancellationToken cancellationToken)
    {
        // Whoever works in a session has its transcript open, and nobody else can write to it meanwhile.
        if (stores.Rules.Canonicalize(parameters.SessionKey) is not { } key || await leases.FindOtherOwnerAsync(key.Value, cancellationToken).ConfigureAwait(false) is not { } owner)
            return await InjectHereAsync(parameters, cancellationToken).ConfigureAwait(false);
        var call = new SessionCall { Kind = SessionCallKind.Inject, Params = JsonSerializer.SerializeToUtf8Bytes(parameters, ProtocolJson.Context.ChatInjectParams) };
        var answer = await calls.AskAsync(owner, call, ForeignTimeout, cancellationToken).ConfigureAwait(false);
        return answer switch
        {
            { Error: { } error } => error,
            { Payload: { } payload } => JsonSerializer.Deserialize(payload, ProtocolJson.Context.ChatInjectResult)!,
            _ => ErrorShape.Unavailable("the session is changing hands; try again") with { Retryable = true, RetryAfterMs = 1000 },
        };
    }

    /// <summary>The same for another core.</summary>
    public async ValueTask<SessionCallAnswer> InjectForAsync(byte[] parametersJson, CancellationToken cancellationToken)
    {
        var parameters = JsonSerializer.Deserialize(parametersJson, ProtocolJson.Context.ChatInjectParams) ?? throw new JsonException("null");
        var result = await InjectHereAsync(parameters, cancellationToken).ConfigureAwait(false);
        return new SessionCallAnswer { Error = result.Error, Payload = result.HasValue ? JsonSerializer.SerializeToUtf8Bytes(result.Value!, ProtocolJson.Context.ChatInjectResult) : null };
    }

    private async ValueTask<MethodResult<ChatInjectResult>> InjectHereAsync(ChatInjectParams parameters, CancellationToken cancellationToken)
    {
        if (stores.Rules.Canonicalize(parameters.SessionKey) is not { } key
            || await stores.FindAsync(key, cancellationToken).ConfigureAwait(false) is not { SessionId: { } sessionId } entry
            || new SessionPaths(settings.Current).TranscriptFile(key.AgentId, entry) is not { } path)
        {
            return ErrorShape.InvalidRequest("session not found");
        }
        var text = string.IsNullOrEmpty(parameters.Label) ? parameters.Message : $"[{parameters.Label}]\n\n{parameters.Message}";
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var message = AssistantMessage.Inject(text, now);
        try
        {
            using var lease = await transcripts.OpenAsync(new TranscriptOptions(path, sessionId, settings.Current.StateDirectory), cancellationToken).ConfigureAwait(false);
            var id = await lease.AppendAsync(new MessageEntry(message), cancellationToken).ConfigureAwait(false);
            events.Send(new ChatEvent { RunId = $"inject-{id}", SessionKey = parameters.SessionKey, Seq = 0, State = "final", Message = Show(message, text, now) });
            return new ChatInjectResult { MessageId = id };
        }
        catch (IOException e)
        {
            return ErrorShape.Unavailable("failed to write transcript: " + e.Message);
        }
    }

    /// <summary>The stored message; its usage shows that no model was asked.</summary>
    private static JsonElement Show(AssistantMessage stored, string text, long now)
    {
        var message = new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }),
            ["timestamp"] = now,
            ["stopReason"] = "stop",
            ["usage"] = new JsonObject
            {
                ["input"] = 0, ["output"] = 0, ["cacheRead"] = 0, ["cacheWrite"] = 0, ["totalTokens"] = 0,
                ["cost"] = new JsonObject { ["input"] = 0, ["output"] = 0, ["cacheRead"] = 0, ["cacheWrite"] = 0, ["total"] = 0 },
            },
            ["api"] = stored.Api,
            ["provider"] = stored.Provider,
            ["model"] = stored.Model,
        };
        using var document = JsonDocument.Parse(message.ToJsonString());
        return document.RootElement.Clone();
    }
}
