using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Channels.Inbound.Access;
using OpenClaw.Gateway.Core.Channels.Inbound.Envelope;
using OpenClaw.Gateway.Core.Channels.Inbound.History;
using OpenClaw.Gateway.Core.Channels.Inbound.Reactions;
using OpenClaw.Gateway.Core.Channels.Replies;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Presence;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;

/// <summary>A message that the agent is to answer.</summary>
/// <param name="Message">The message.</param>
/// <param name="Key">Its session.</param>
/// <param name="ChannelName">The channel's name for people.</param>
/// <param name="WasMentioned">The agent was spoken to.</param>
internal sealed record InboundTurn(InboundMessage Message, SessionKey Key, string ChannelName, bool WasMentioned)
{
    /// <summary>The words, when they are others than the message's: without its directives.</summary>
    public string? Words { get; init; }

    /// <summary>How hard to think about this one message.</summary>
    public string? Thinking { get; init; }

    /// <summary>What to show of tools while this one message is worked on.</summary>
    public string? Verbose { get; init; }

    /// <summary>When the message was stored; null when a stop that came after it was looked at already.</summary>
    public DateTimeOffset? StoredAt { get; init; }
}

/// <summary>Makes the agent's message of a message of a channel, and hands it to the durable queue of runs.</summary>
internal sealed class InboundAcceptance(
    ConfigStore configuration, SessionStores stores, SessionIntake intake, MessageIngress ingress, PendingAnswers answers, InboundFiles files, SessionStops stops, AckSign acks, PendingHistory history, SessionRemarks remarks, SystemEventQueue systemEvents,
    ReplyDelivery replies, IAgentConfiguration agents, TimeProvider time)
{
    private static readonly TimeSpan FileAgain = TimeSpan.FromSeconds(1);

    /// <summary>Accepts a turn. Null when that is done, and done for good; else how long to wait before it is tried again.</summary>
    public async Task<TimeSpan?> AcceptAsync(InboundTurn turn, CancellationToken cancellationToken)
    {
        var runId = RunIds.Of(turn.Message);
        // A stop that comes while it is on its way finds it here.
        if (answers.TryExpect(runId, turn.Key.Value) is null)
            return null;
        var isAccepted = false;
        try
        {
            if (turn.StoredAt is { } storedAt && stops.Covers(turn.Key.Value, storedAt))
                return null;
            var problem = await StoreAsync(turn, runId, cancellationToken).ConfigureAwait(false);
            isAccepted = problem is null;
            return problem;
        }
        finally
        {
            if (!isAccepted)
                answers.Withdraw(runId);
        }
    }

    private async Task<TimeSpan?> StoreAsync(InboundTurn turn, string runId, CancellationToken cancellationToken)
    {
        var (message, key) = (turn.Message, turn.Key);
        var snapshot = configuration.Current;
        var rules = ChatRules.Of(snapshot, message);
        var now = time.GetUtcNow();
        var before = await stores.FindAsync(key, cancellationToken).ConfigureAwait(false);
        var directive = QueueDirective.Find(turn.Words ?? message.Text);
        if (await files.StoreAsync(message, runId, cancellationToken).ConfigureAwait(false) is not { } attachments)
            return FileAgain;
        var isUnasked = message.Chat.Type is not ChatType.Direct && !turn.WasMentioned;
        // By its own name, so that it is said once however often the message comes.
        if (attachments.ExceededLimit is { } most && !isUnasked
            && !await replies.SendTextAsync(RouteOf(message), "too-large:" + runId, $"⚠️ File too large. Maximum size is {most}.", cancellationToken).ConfigureAwait(false))
            return FileAgain;
        var text = await TextOfAsync(turn, directive, attachments.Notes, before, cancellationToken).ConfigureAwait(false);
        var session = await intake.EnterAsync(key, conversational: true, also: editor => SessionFacts.Apply(editor, key, message), cancellationToken: cancellationToken).ConfigureAwait(false);
        using var waiting = key == stores.Rules.MainSession ? systemEvents.Take() : null;
        text = await remarks.LinesAsync(key.Value, cancellationToken).ConfigureAwait(false) + text;
        var ack = AckSign.Of(snapshot, message, key.AgentId, turn.WasMentioned, rules.RequireMention);
        var route = RouteOf(message) with { IsUnasked = isUnasked, AckToRemove = ack?.IsRemoved is true ? ack.Emoji : null };
        var accepted = new AcceptedMessage
        {
            RunId = runId,
            AcceptedAtMs = now.ToUnixTimeMilliseconds(),
            AgentId = key.AgentId,
            SessionKey = key.Value,
            SessionId = session.Address.SessionId,
            Text = waiting?.PutBefore(text) ?? text,
            Images = attachments.Images,
            Model = SessionModel.ReferenceOf(session.Entry),
            Thinking = turn.Thinking ?? session.Entry.ThinkingLevel,
            Verbose = turn.Verbose ?? session.Entry.VerboseLevel,
            ExtraSystemPrompt = GroupInstructions.Of(message, rules, turn.ChannelName, turn.WasMentioned),
            Channel = message.Channel,
            MessageId = IdOf(message),
            Conversational = true,
            Queue = AcceptedQueue.Of(QueueChoice.For(agents.Root, message.Channel, session.Entry, directive)),
            Reply = route,
        };
        // Before the run can end, which takes it away again.
        acks.Show(ack, route);
        var problem = await ingress.AcceptAsync(accepted, cancellationToken).ConfigureAwait(false);
        if (problem is { Retryable: not true } && accepted.Images.Count > 0)
            problem = await ingress.AcceptAsync(accepted with { Images = [] }, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
            return TimeSpan.FromMilliseconds(problem.RetryAfterMs ?? 1000);
        waiting?.Told();
        await remarks.ClearAsync(key.Value, cancellationToken).ConfigureAwait(false);
        if (message.Chat.Type is not ChatType.Direct)
            await history.ClearAsync(key.Value, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task<string> TextOfAsync(InboundTurn turn, QueueDirective? directive, string notes, SessionEntry? before, CancellationToken cancellationToken)
    {
        var message = turn.Message;
        var snapshot = configuration.Current;
        var options = EnvelopeOptions.Of(snapshot, time.LocalTimeZone);
        var body = MessageBody.Of(message with { Text = directive?.Rest ?? turn.Words ?? message.Text });
        if (notes.Length > 0)
            body = $"{body}\n{notes}";
        var at = message.SentAtMs is { } ms and > 0 and < 253_402_300_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : time.GetUtcNow();
        DateTimeOffset? previous = before?.UpdatedAt is { } used and > 0 and < 253_402_300_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(used) : null;
        var text = MessageEnvelope.Of(message, turn.ChannelName, body, at, previous, options);
        if (message.Chat.Type is not ChatType.Direct && ChatRules.Of(snapshot, message).HistoryLimit > 0)
            text = MessageEnvelope.WithHistory(await history.ReadAsync(turn.Key.Value, cancellationToken).ConfigureAwait(false), message, turn.ChannelName, text, options);
        return MessageEnvelope.WithId(text, IdOf(message));
    }

    /// <summary>Where the answer to a message goes.</summary>
    public static ReplyRoute RouteOf(InboundMessage message) => new(message.Channel, message.AccountId, message.Chat.Id)
    {
        ThreadId = message.Chat.ThreadId,
        // The id of a press is none of a message that could be answered.
        MessageId = message.Kind is InboundKind.Button ? null : message.MessageId,
        ChatType = SessionFacts.NameOf(message.Chat.Type),
    };

    private static string IdOf(InboundMessage message) => HarmlessText.Label(message.MessageId) ?? "unknown";
}
