using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Buffers;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Core.Sessions.Transcripts;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Chat;

namespace OpenClaw.Gateway.Core.Methods.Chat;

/// <summary><c>chat.history</c>: the stored messages of a session, newest last, as they are in the file.</summary>
internal sealed class ChatHistoryMethod(SessionStores stores, ISessionSettings settings, IAgentConfiguration configuration, ModelResolver models)
    : GatewayMethod<ChatHistoryParams>(GatewayMethods.ChatHistory)
{
    protected override async ValueTask<MethodReply> HandleAsync(ChatHistoryParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var key = stores.Rules.Canonicalize(parameters.SessionKey);
        var entry = key is { } known ? await stores.FindAsync(known, cancellationToken).ConfigureAwait(false) : null;
        IReadOnlyList<RawJson> messages = [];
        if (key is { } at && entry is not null && new SessionPaths(settings.Current).TranscriptFile(at.AgentId, entry) is { } path)
            messages = await ChatHistory.ReadAsync(path, (int)(parameters.Limit ?? ChatHistory.DefaultLimit), cancellationToken).ConfigureAwait(false);
        return new MethodReply(Write(parameters.SessionKey, key, entry, messages));
    }

    private byte[] Write(string sessionKey, SessionKey? key, SessionEntry? entry, IReadOnlyList<RawJson> messages)
    {
        using var buffer = new PooledBufferWriter(4096);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Protocol.Json.ProtocolJson.Encoder, SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("sessionKey", sessionKey);
            if (entry?.SessionId is { } sessionId)
                writer.WriteString("sessionId", sessionId);
            writer.WriteStartArray("messages");
            foreach (var message in messages)
                writer.WriteRawValue(message.Utf8.Span, skipInputValidation: true);
            writer.WriteEndArray();
            writer.WriteString("thinkingLevel", entry?.ThinkingLevel ?? DefaultThinking(key?.AgentId ?? stores.Rules.DefaultAgentId, entry));
            if (entry?.VerboseLevel is { } verbose)
                writer.WriteString("verboseLevel", verbose);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private string DefaultThinking(string agentId, SessionEntry? entry)
    {
        var agent = AgentOptions.From(configuration.Root, agentId);
        if (agent.ThinkingDefault is { } level)
            return level.ToWire();
        var model = models.Candidates(agent, entry is null ? null : Ingress.SessionModel.ReferenceOf(entry))[0];
        return (models.IsReasoning(model) ? ThinkingLevel.Low : ThinkingLevel.Off).ToWire();
    }
}
