using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;
using OpenClaw.Gateway.Core.Channels.Inbound.Access;
using OpenClaw.Gateway.Core.Channels.Inbound.Commands;
using OpenClaw.Gateway.Core.Channels.Inbound.Envelope;
using OpenClaw.Gateway.Core.Channels.Inbound.Gating;
using OpenClaw.Gateway.Core.Channels.Inbound.History;
using OpenClaw.Gateway.Core.Channels.Inbound.Holding;
using OpenClaw.Gateway.Core.Channels.Inbound.Moves;
using OpenClaw.Gateway.Core.Channels.Inbound.Pairing;
using OpenClaw.Gateway.Core.Channels.Inbound.Reactions;
using OpenClaw.Gateway.Core.Channels.Inbound.Routing;
using OpenClaw.Gateway.Core.Channels.Replies;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Methods.Chat;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Channels.Inbound;

/// <summary>The way of a message of a channel: who wrote it, which session it is for, whether the agent is meant, and then to the agent.</summary>
internal sealed partial class InboundPipeline(
    AccessCheck access, PairingDesk pairing, ConversationRouter router, MentionGate gate, CommandDesk commands, CommandAnswers answers, PendingHistory history, ReactionDesk reactions, GroupMove moves, HeldMessages held, InboundAcceptance acceptance, SessionStops stops,
    ReplyDelivery replies, ChannelDirectory directory, ConfigStore configuration, SessionStores stores, SessionIntake intake, TimeProvider time, ILogger<InboundPipeline> logger)
{
    /// <summary>Clients know this sentence.</summary>
    private const string NotAuthorized = "You are not authorized to use this command.";

    private static readonly TimeSpan StoreAgain = TimeSpan.FromSeconds(1);

    /// <summary>Sees a message through, so far that it may be forgotten.</summary>
    /// <param name="message">The message.</param>
    /// <param name="storedAt">When it was stored, which tells what was said before a stop.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<InboundOutcome> HandleAsync(InboundMessage message, DateTimeOffset storedAt, CancellationToken cancellationToken)
    {
        // The provider's own word, not somebody's.
        if (message.Kind is InboundKind.Moved)
            return await moves.FollowAsync(message, cancellationToken).ConfigureAwait(false) ? InboundOutcome.Done : InboundOutcome.Later(StoreAgain);
        var verdict = await access.CheckAsync(message, cancellationToken).ConfigureAwait(false);
        if (verdict.Outcome is AccessOutcome.Ignored)
        {
            LogIgnored(logger, message.Channel, message.AccountId, verdict.Reason);
            return InboundOutcome.Done;
        }
        var channel = await directory.FindAsync(message.Channel, cancellationToken).ConfigureAwait(false) ?? new ChannelDescription(message.Channel, message.Channel);
        if (verdict.Outcome is AccessOutcome.NeedsPairing)
            return message.Kind is not InboundKind.Message ? Ignored(message, "a sign or press of somebody who is not known") : await pairing.AskAsync(message, channel, cancellationToken).ConfigureAwait(false);
        if (message.Kind is InboundKind.Reaction)
        {
            await reactions.TellAsync(message, channel, cancellationToken).ConfigureAwait(false);
            return InboundOutcome.Done;
        }
        if (MessageBody.Words(message).Length == 0)
            return InboundOutcome.Done;
        var key = router.KeyOf(message);
        if (intake.UnknownAgent(key) is { } unknown)
            return Ignored(message, unknown);
        var command = commands.Find(message);
        if (command is not null && (!verdict.MayCommand || (command.Value.Command.NeedsOwner && !verdict.IsOwner)))
            return await RefuseAsync(message, channel, cancellationToken).ConfigureAwait(false);
        var session = await stores.FindAsync(key, cancellationToken).ConfigureAwait(false);
        var rules = ChatRules.Of(configuration.Current, message);
        var gated = gate.Check(configuration.Current, rules, key.AgentId, session, message, command is not null);
        if (!gated.Passes)
            return await RememberAsync(message, key, rules, cancellationToken).ConfigureAwait(false);
        if (command is null && verdict.MayCommand && StopWords.Matches(message.Text))
            command = commands.Find(message with { Text = "/stop" });
        var turn = new InboundTurn(message, key, channel.Label, gated.WasMentioned) { StoredAt = storedAt };
        var directives = verdict.MayCommand ? InlineDirectives.Find(message.Text) : null;
        if (command is null && directives is not null)
            turn = turn with { Words = directives.Rest, Thinking = directives.Thinking, Verbose = directives.Verbose };
        var delay = command is null && directives is null && HoldingOptions.MayWait(message) ? HoldingOptions.DelayOf(configuration.Current, message.Channel, message.AccountId) : TimeSpan.Zero;
        if (delay == TimeSpan.Zero)
            await held.FlushAsync(message, cancellationToken).ConfigureAwait(false);
        if (command is { } given)
        {
            if (given.Text.Name == SessionCommands.Stop)
                await stops.NoteAsync(key.Value, storedAt, cancellationToken).ConfigureAwait(false);
            var scope = ButtonScope.Of(ChannelSection.Of(configuration.Current, message.Channel, message.AccountId));
            var call = new CommandCall(message, key, session, channel, given.Text) { MaxButtonData = ButtonScope.Shows(scope, message.Chat.Type) ? channel.MaxButtonData : 0 };
            var answer = await given.Command.RunAsync(call, cancellationToken).ConfigureAwait(false);
            if (!await answers.GiveAsync(message, answer, cancellationToken).ConfigureAwait(false))
                return InboundOutcome.Later(StoreAgain);
            if (answer.Words is not { } words)
                return InboundOutcome.Done;
            turn = turn with { Words = words, Thinking = answer.Thinking, Verbose = answer.Verbose };
        }
        if (await intake.RefusalAsync(key, cancellationToken).ConfigureAwait(false) is { } refusal)
            return Ignored(message, refusal);
        if (delay > TimeSpan.Zero && !stops.Covers(key.Value, storedAt))
            return await held.HoldAsync(turn, delay, cancellationToken).ConfigureAwait(false) ? InboundOutcome.Done : InboundOutcome.Later(StoreAgain);
        return await acceptance.AcceptAsync(turn, cancellationToken).ConfigureAwait(false) is { } again ? InboundOutcome.Later(again) : InboundOutcome.Done;
    }

    /// <summary>In a group nobody needs to hear that somebody may not; who picked the command from the menu waits for an answer.</summary>
    private async Task<InboundOutcome> RefuseAsync(InboundMessage message, ChannelDescription channel, CancellationToken cancellationToken)
    {
        LogIgnored(logger, channel.Id, message.AccountId, "a command of somebody who may give none");
        if (message.Chat.Type is not ChatType.Direct && !message.IsNativeCommand)
            return InboundOutcome.Done;
        var isStored = await replies.SendTextAsync(InboundAcceptance.RouteOf(message), "command:" + RunIds.Of(message), NotAuthorized, cancellationToken).ConfigureAwait(false);
        return isStored ? InboundOutcome.Done : InboundOutcome.Later(StoreAgain);
    }

    private async Task<InboundOutcome> RememberAsync(InboundMessage message, SessionKey key, ChatRules rules, CancellationToken cancellationToken)
    {
        var at = message.SentAtMs is { } ms and > 0 and < 253_402_300_800_000 ? ms : time.GetUtcNow().ToUnixTimeMilliseconds();
        var entry = new HistoryEntry(MessageEnvelope.SpeakerOf(message.Sender), MessageBody.Words(message), at, HarmlessText.Label(message.MessageId) ?? "unknown");
        await history.AddAsync(key.Value, entry, rules.HistoryLimit, cancellationToken).ConfigureAwait(false);
        return InboundOutcome.Done;
    }

    private InboundOutcome Ignored(InboundMessage message, string reason)
    {
        LogIgnored(logger, message.Channel, message.AccountId, reason);
        return InboundOutcome.Done;
    }

    [LoggerMessage(8203, LogLevel.Debug, "{Channel}/{Account}: a message was not let through: {Reason}")]
    private static partial void LogIgnored(ILogger logger, string channel, string account, string reason);
}
