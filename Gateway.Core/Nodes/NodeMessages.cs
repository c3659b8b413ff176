using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>
/// Messages for the agent that nodes send as events. Nobody waits for an answer; it is in the session, and in the events of nodes
/// that follow it. No channel delivers it, whatever the node asked for.
/// </summary>
internal sealed partial class NodeMessages(
    SessionStores stores, SessionIntake intake, MessageIngress ingress, IAgentConfiguration configuration, TimeProvider time, ILogger<NodeMessages> logger)
{
    /// <summary>Longer texts are ignored; the peer's number.</summary>
    public const int MaxChars = 20_000;

    private const string Channel = "webchat";

    /// <summary><c>agent.request</c>: by itself in the node's own session.</summary>
    public async Task RequestAsync(LiveNode node, JsonElement details, CancellationToken cancellationToken)
    {
        if (NodeEvents.Text(details, "message") is not { Length: <= MaxChars } message)
            return;
        var given = NodeEvents.Text(details, "sessionKey") ?? $"node-{node.Id}";
        var thinking = Levels.ParseThinking(NodeEvents.Text(details, "thinking"))?.ToWire();
        var timeoutMs = details.TryGetProperty("timeoutSeconds", out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 1 and <= int.MaxValue / 1000
            ? (long?)(seconds * 1000) : null;
        await AcceptAsync(node, Guid.NewGuid().ToString(), given, message, thinking, timeoutMs, conversational: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary><c>voice.transcript</c>: said to the main session, unless another one is named.</summary>
    public async Task TranscriptAsync(LiveNode node, JsonElement details, CancellationToken cancellationToken)
    {
        if (NodeEvents.Text(details, "text") is not { Length: <= MaxChars } text)
            return;
        var given = NodeEvents.Text(details, "sessionKey") ?? stores.Rules.MainSession.Value;
        await AcceptAsync(node, $"voice-{Guid.NewGuid()}", given, text, ThinkingLevel.Low.ToWire(), null, conversational: true, cancellationToken).ConfigureAwait(false);
    }

    private async Task AcceptAsync(
        LiveNode node, string runId, string sessionKey, string message, string? thinking, long? timeoutMs, bool conversational, CancellationToken cancellationToken)
    {
        if (stores.Rules.Canonicalize(sessionKey) is not { } key)
            return;
        if (intake.UnknownAgent(key) is { } unknown)
        {
            LogRefused(logger, node.Id, unknown);
            return;
        }
        if (await intake.RefusalAsync(key, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            LogRefused(logger, node.Id, refusal);
            return;
        }
        var session = await intake.EnterAsync(key, conversational, cancellationToken: CancellationToken.None).ConfigureAwait(false);
        var problem = await ingress.AcceptAsync(MessageOf(key, session, runId, sessionKey, message, thinking, timeoutMs, conversational), CancellationToken.None).ConfigureAwait(false);
        if (problem is not null)
            LogRefused(logger, node.Id, problem.Message);
    }

    private AcceptedMessage MessageOf(
        SessionKey key, IntakeSession session, string runId, string sessionKey, string message, string? thinking, long? timeoutMs, bool conversational)
    {
        var agent = AgentOptions.From(configuration.Root, key.AgentId);
        return new AcceptedMessage
        {
            RunId = runId,
            AcceptedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
            AgentId = key.AgentId,
            SessionKey = key.Value,
            SessionId = session.Address.SessionId,
            EventSessionKey = sessionKey,
            Text = TimeEnvelope.Wrap(message, time.GetUtcNow(), agent.UserTimezone, time.LocalTimeZone),
            Model = SessionModel.ReferenceOf(session.Entry),
            Thinking = thinking ?? session.Entry.ThinkingLevel,
            Verbose = session.Entry.VerboseLevel,
            TimeoutMs = timeoutMs,
            Channel = Channel,
            Conversational = conversational,
            Queue = conversational ? AcceptedQueue.Of(QueueChoice.For(configuration.Root, Channel, session.Entry)) : null,
        };
    }

    [LoggerMessage(1604, LogLevel.Warning, "A message of node {NodeId} was not taken: {Reason}")]
    private static partial void LogRefused(ILogger logger, string nodeId, string reason);
}
