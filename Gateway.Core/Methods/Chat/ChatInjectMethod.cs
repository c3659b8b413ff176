using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Core.Sessions.Transcripts;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Chat;

namespace OpenClaw.Gateway.Core.Methods.Chat;

/// <summary><c>chat.inject</c>: puts a message of the assistant into a session without asking a model.</summary>
internal sealed class ChatInjectMethod(
    SessionStores stores, ISessionSettings settings, TranscriptFiles transcripts, RunEventBroadcaster events, TimeProvider time)
    : GatewayMethod<ChatInjectParams, ChatInjectResult>(GatewayMethods.ChatInject)
{
    protected override async ValueTask<MethodResult<ChatInjectResult>> RunAsync(ChatInjectParams parameters, MethodContext context, CancellationToken cancellationToken)
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
