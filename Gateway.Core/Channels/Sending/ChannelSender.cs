using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Gateway.Core.Channels.Replies;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Gateway.Core.Channels.Sending;

/// <summary>What a caller wants sent.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="AccountId">The account; null for the channel's default.</param>
/// <param name="To">The receiver, in the channel's terms.</param>
/// <param name="IdempotencyKey">A repeat has the same.</param>
internal sealed record SendRequest(string Channel, string? AccountId, string To, string IdempotencyKey)
{
    public string Text { get; init; } = "";

    public IReadOnlyList<string> MediaUrls { get; init; } = [];

    public string? ReplyToId { get; init; }

    public string? ThreadId { get; init; }

    public bool IsSilent { get; init; }

    public IReadOnlyList<IReadOnlyList<OutboundButton>> Buttons { get; init; } = [];

    public OutboundPoll? Poll { get; init; }

    /// <summary>A sticker that the provider has; it comes alone.</summary>
    public string? StickerId { get; init; }

    /// <summary>Films play like moving pictures.</summary>
    public bool PlaysAsGif { get; init; }

    /// <summary>Whose workspace files may come from.</summary>
    public required string AgentId { get; init; }
}

/// <summary>
/// Sends for a caller that waits. What was answered with an error is not delivered later: the time to live of the messages is the caller's patience. A
/// repeat of a call finds what the first one did, on any core and after a restart.
/// </summary>
internal sealed class ChannelSender(OutboxWriter outbox, OutboxWatch watch, ChannelDirectory directory, ReplyMedia media, ConfigStore configuration, TimeProvider time)
{
    /// <summary>How long a caller waits for a message's turn: its time to live.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long an attempt that has begun may take longer: what a channel gives a request of words (30 s) and a moment for its note. Who gives up earlier
    /// tells of a doubt where there is none. With the turn it is less than the minute that the command line waits.
    /// </summary>
    private static readonly TimeSpan WordsPatience = TimeSpan.FromSeconds(32);

    /// <summary>The same for a file, and a second more for each <see cref="SlowestBytesPerSecond"/>.</summary>
    private static readonly TimeSpan FilePatience = TimeSpan.FromSeconds(122);

    private const int SlowestBytesPerSecond = 16 * 1024;

    /// <summary>The queue counts a message's time from when it gets it, by its own clock.</summary>
    private static readonly TimeSpan QueueGrace = TimeSpan.FromSeconds(5);

    /// <summary>How often a call can be repeated whose message was too late each time.</summary>
    private const int MaxRepeats = 100;

    /// <summary>Sends, and tells the provider's id of the last message.</summary>
    public async Task<(OutboxRecord? Delivered, ErrorShape? Error)> SendAsync(SendRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (await directory.FindAsync(request.Channel, cancellationToken).ConfigureAwait(false) is not { } channel)
                return (null, ErrorShape.InvalidRequest($"unsupported channel: {request.Channel}"));
            var accountId = request.AccountId ?? channel.DefaultAccountId;
            var (messages, wrong) = await MessagesOfAsync(request, channel, accountId, cancellationToken).ConfigureAwait(false);
            if (wrong is not null)
                return (null, wrong);
            // A repeat is answered whether or not the account is connected by now.
            if (await watch.FindAsync(messages[^1].Id, cancellationToken).ConfigureAwait(false) is { State: OutboxState.Delivered } before)
                return (before, null);
            if (await AbsenceAsync(channel, accountId, cancellationToken).ConfigureAwait(false) is { } absence)
                return (null, absence);
            OutboxRecord? last = null;
            foreach (var message in messages)
            {
                (last, var error) = await SendAsync(message, cancellationToken).ConfigureAwait(false);
                if (error is not null)
                    return (null, error);
            }
            return (last, null);
        }
        catch (BusUnavailableException e)
        {
            return (null, Later(e.Message));
        }
    }

    private async Task<(OutboxRecord? Delivered, ErrorShape? Error)> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        (var stored, message) = await AppendAsync(message, cancellationToken).ConfigureAwait(false);
        if (!stored.IsAccepted)
            return (null, stored.Outcome is AppendOutcome.TooLarge ? ErrorShape.InvalidRequest("the message is too large to be stored") : Later(stored.Error ?? "the message could not be stored"));
        // From here on it may be sent; the caller's leaving does not undo that.
        var record = await watch.WaitAsync(message.Id, Patience, CancellationToken.None).ConfigureAwait(false);
        if (record is { State: OutboxState.Attempting })
            record = await watch.WaitAsync(message.Id, AttemptPatienceOf(message), CancellationToken.None).ConfigureAwait(false);
        return record switch
        {
            { State: OutboxState.Delivered } => (record, null),
            { State: OutboxState.Failed, IsTooLate: true } => (null, TooLate(record)),
            { State: OutboxState.Failed } => (null, ErrorShape.Unavailable($"Error: {record.Error}")),
            { State: OutboxState.Dropped } => (null, ErrorShape.Unavailable("somebody dropped the message before it was sent")),
            { State: OutboxState.Attempting or OutboxState.Ambiguous } or { MayBeDouble: true } => (null, ErrorShape.Unavailable($"the provider did not say whether it has the message ({record.Error ?? "no answer"}); it may be there")),
            _ => (null, TooLate(record)),
        };
    }

    /// <summary>Stores a message, under the name of a further try when the one before was too late: what was not sent is sent by a repeat of the call.</summary>
    private async Task<(AppendResult Stored, OutboundMessage Message)> AppendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        var name = message.Id;
        for (var repeat = 2; ; repeat++)
        {
            var stored = await outbox.AppendAsync(message, Patience, cancellationToken).ConfigureAwait(false);
            if (stored.Outcome is not AppendOutcome.Duplicate || repeat > MaxRepeats
                || await watch.FindAsync(message.Id, cancellationToken).ConfigureAwait(false) is not { } before || !IsSurelyNotSent(before))
                return (stored, message);
            var next = string.Create(CultureInfo.InvariantCulture, $"{name}~{repeat}");
            // Noted first, so that a person who has the old one sent again has this one sent.
            await watch.NoteRepeatAsync(before, next, cancellationToken).ConfigureAwait(false);
            message = message with { Id = before.RetriedAs ?? next };
        }
    }

    /// <summary>It was too late, and no attempt left a doubt.</summary>
    private bool IsSurelyNotSent(OutboxRecord record) => record switch
    {
        { MayBeDouble: true } => false,
        { State: OutboxState.Failed } => record.IsTooLate,
        { State: OutboxState.Prepared or OutboxState.Queued } => record.ExpiresAtMs is { } expires && time.GetUtcNow() > DateTimeOffset.FromUnixTimeMilliseconds(expires) + QueueGrace,
        _ => false,
    };

    internal static TimeSpan AttemptPatienceOf(OutboundMessage message) =>
        message.Media is { } file ? FilePatience + TimeSpan.FromSeconds((double)Math.Max(file.Length, file.Content.Length) / SlowestBytesPerSecond) : WordsPatience;

    private static ErrorShape TooLate(OutboxRecord? record) =>
        Later($"the message could not be sent in time ({record?.Error ?? "its turn did not come"}); it will not be sent unless it is asked for again");

    private async Task<ErrorShape?> AbsenceAsync(ChannelDescription channel, string accountId, CancellationToken cancellationToken) =>
        await directory.FindStatusAsync(channel.Id, accountId, cancellationToken).ConfigureAwait(false) switch
        {
            null => ErrorShape.Unavailable($"{channel.Label} account {accountId} is not running"),
            { Configured: false } unready => ErrorShape.Unavailable($"{channel.Label} account {accountId} is not configured: {unready.LastError ?? "something is missing"}"),
            { Running: false } => ErrorShape.Unavailable($"{channel.Label} account {accountId} is not running"),
            { Connected: false } away => Later($"{channel.Label} account {accountId} is not connected: {away.LastError ?? "it is connecting"}"),
            _ => null,
        };

    private async Task<(IReadOnlyList<OutboundMessage> Messages, ErrorShape? Wrong)> MessagesOfAsync(SendRequest request, ChannelDescription channel, string accountId, CancellationToken cancellationToken)
    {
        var name = "s-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Channel}\n{accountId}\n{request.IdempotencyKey}")).AsSpan(0, 16));
        var messages = new List<OutboundMessage>();
        var text = request.Text.Trim();
        if (request.Poll is { } poll)
        {
            if (!channel.HasPolls)
                return ([], ErrorShape.InvalidRequest($"unsupported poll channel: {request.Channel}"));
            return ([New($"{name}-poll") with { Poll = poll }], null);
        }
        if (request.StickerId is { } sticker)
            return ([New($"{name}-sticker") with { StickerId = sticker, ReplyToId = request.ReplyToId }], null);
        for (var i = 0; i < request.MediaUrls.Count; i++)
        {
            var (loaded, problem) = await media.LoadAsync(request.MediaUrls[i], request.AgentId, request.Channel, asVoice: false, cancellationToken).ConfigureAwait(false);
            if (loaded is null)
                return ([], ErrorShape.InvalidRequest($"media cannot be sent: {problem}"));
            var caption = messages.Count == 0 && text.Length <= channel.MaxCaptionLength ? text : "";
            if (caption.Length > 0)
                text = "";
            messages.Add(New($"{name}-m{i}") with { Media = loaded with { PlaysAsGif = request.PlaysAsGif }, Text = caption });
        }
        var section = ChannelSection.Of(configuration.Current, request.Channel, accountId);
        var limit = section.Int("textChunkLimit") is > 0 and var own ? Math.Min(own, channel.MaxTextLength) : channel.MaxTextLength;
        if (text.Length > 0)
            messages.AddRange(TextChunks.Of(text, limit, section.Text("chunkMode") is "newline" ? ChunkMode.Newline : ChunkMode.Length).Select((chunk, i) => New($"{name}-{i}") with { Text = chunk }));
        if (messages.Count == 0)
            return ([], ErrorShape.InvalidRequest("message or media required"));
        messages[0] = messages[0] with { ReplyToId = request.ReplyToId };
        messages[^1] = messages[^1] with { Buttons = request.Buttons };
        return (messages, null);

        OutboundMessage New(string id) => new()
        {
            Id = id,
            Channel = request.Channel,
            AccountId = accountId,
            To = request.To,
            ThreadId = request.ThreadId,
            IsSilent = request.IsSilent,
            CreatedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
    }

    private static ErrorShape Later(string message) => ErrorShape.Unavailable(message) with { Retryable = true, RetryAfterMs = 1000 };
}
