using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;
using OpenClaw.Gateway.Core.Channels.Inbound.Access;
using OpenClaw.Gateway.Core.Channels.Inbound.Envelope;
using OpenClaw.Gateway.Core.Channels.Inbound.Gating;
using OpenClaw.Gateway.Core.Channels.Inbound.History;
using OpenClaw.Gateway.Core.Channels.Inbound.Pairing;
using OpenClaw.Gateway.Core.Channels.Inbound.Routing;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Channels.Inbound;

/// <summary>The way of a message of a channel: who wrote it, which session it is for, whether the agent is meant, and then to the agent.</summary>
internal sealed partial class InboundPipeline(
    AccessCheck access, PairingDesk pairing, ConversationRouter router, MentionGate gate, PendingHistory history, InboundAcceptance acceptance, ChannelDirectory directory,
    ConfigStore configuration, SessionStores stores, SessionIntake intake, TimeProvider time, ILogger<InboundPipeline> logger)
{
    /// <summary>Sees a message through, so far that it may be forgotten.</summary>
    public async Task<InboundOutcome> HandleAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        var verdict = await access.CheckAsync(message, cancellationToken).ConfigureAwait(false);
        if (verdict.Outcome is AccessOutcome.Ignored)
        {
            LogIgnored(logger, message.Channel, message.AccountId, verdict.Reason);
            return InboundOutcome.Done;
        }
        var channel = await directory.FindAsync(message.Channel, cancellationToken).ConfigureAwait(false) ?? new ChannelDescription(message.Channel, message.Channel);
        if (verdict.Outcome is AccessOutcome.NeedsPairing)
            return await pairing.AskAsync(message, channel, cancellationToken).ConfigureAwait(false);
        if (MessageBody.Words(message).Length == 0)
            return InboundOutcome.Done;
        var key = router.KeyOf(message);
        if (intake.UnknownAgent(key) is { } unknown)
            return Ignored(message, unknown);
        if (await intake.RefusalAsync(key, cancellationToken).ConfigureAwait(false) is { } refusal)
            return Ignored(message, refusal);
        return await AnswerAsync(message, key, channel, cancellationToken).ConfigureAwait(false);
    }

    private async Task<InboundOutcome> AnswerAsync(InboundMessage message, SessionKey key, ChannelDescription channel, CancellationToken cancellationToken)
    {
        var snapshot = configuration.Current;
        var rules = ChatRules.Of(snapshot, message);
        var session = await stores.FindAsync(key, cancellationToken).ConfigureAwait(false);
        var gated = gate.Check(snapshot, rules, key.AgentId, session, message, isCommand: false);
        if (!gated.Passes)
        {
            var at = message.SentAtMs ?? time.GetUtcNow().ToUnixTimeMilliseconds();
            var entry = new HistoryEntry(MessageEnvelope.SpeakerOf(message.Sender), MessageBody.Words(message), at, HarmlessText.Label(message.MessageId) ?? "unknown");
            await history.AddAsync(key.Value, entry, rules.HistoryLimit, cancellationToken).ConfigureAwait(false);
            return InboundOutcome.Done;
        }
        var turn = new InboundTurn(message, key, channel.Label, gated.WasMentioned);
        return await acceptance.AcceptAsync(turn, cancellationToken).ConfigureAwait(false) is { } delay ? InboundOutcome.Later(delay) : InboundOutcome.Done;
    }

    private InboundOutcome Ignored(InboundMessage message, string reason)
    {
        LogIgnored(logger, message.Channel, message.AccountId, reason);
        return InboundOutcome.Done;
    }

    [LoggerMessage(8203, LogLevel.Debug, "{Channel}/{Account}: a message was not let through: {Reason}")]
    private static partial void LogIgnored(ILogger logger, string channel, string account, string reason);
}
