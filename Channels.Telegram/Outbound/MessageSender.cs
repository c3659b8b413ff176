using System.Globalization;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Media;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Channels.Telegram.Accounts;
using OpenClaw.Channels.Telegram.Api;

namespace OpenClaw.Channels.Telegram.Outbound;

/// <summary>Makes one attempt to send a message, and says what is known to have come of it.</summary>
internal sealed partial class MessageSender(
    TelegramAccount account, BotApi api, AnswerDrafts drafts, ConnectionContext context, SentMessages sent, TelegramMetrics metrics, ILogger logger)
{
    /// <summary>Requests for one message: as it is, and once more for each thing that can be left out.</summary>
    private const int MaxRequests = 5;

    private static readonly TimeSpan TextTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UploadTimeout = TimeSpan.FromSeconds(120);

    /// <summary>A slow line's upload; who gives up on it earlier sends a large file over and over, and never whole.</summary>
    private const int SlowestBytesPerSecond = 16 * 1024;

    private readonly ChatPace _pace = new(context.Time);

    private static SendResult.Transient NothingLeft { get; } = new("it was stopped before it was sent");

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        var result = await AttemptAsync(message, cancellationToken).ConfigureAwait(false);
        metrics.Sent(account.Id, result.GetType().Name);
        return result;
    }

    private async Task<SendResult> AttemptAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        if (TelegramTarget.Parse(message.To, message.ThreadId) is not { } target)
            return new SendResult.Refused("the receiver is no chat of Telegram");
        await drafts.EndAsync(message.RunId, target, cancellationToken).ConfigureAwait(false);
        var (request, problem) = OutboundRequest.Create(message, target, account);
        if (request is null)
            return new SendResult.Refused(problem!);
        if (message.Media is not { } media || request.Part is null)
            return await SendAsync(message, target, request, null, cancellationToken).ConfigureAwait(false);
        OutboundContent content;
        try
        {
            content = await context.OpenMediaAsync(media, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return NothingLeft;
        }
        await using (content.ConfigureAwait(false))
        {
            if (content.Problem is { } missing)
                return content.MayComeLater ? new SendResult.Transient(missing) : new SendResult.Refused(missing);
            return await SendAsync(message, target, request, content.Stream, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<SendResult> SendAsync(OutboundMessage message, TelegramTarget target, OutboundRequest request, Stream? file, CancellationToken cancellationToken)
    {
        try
        {
            await _pace.WaitAsync(target.Chat, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return NothingLeft;
        }
        for (var i = 0; ; i++)
        {
            // What follows cannot be taken back; somebody else may own the account by now.
            if (!context.IsOwner)
                return new SendResult.Transient("another process owns the account");
            var answer = await RequestAsync(request, message.Media, file, cancellationToken).ConfigureAwait(false);
            if (answer.IsOk || i >= MaxRequests || Adapt(request, answer) is not { } adapted)
                return Conclude(answer);
            LogAdapted(logger, account.Id, message.Id, answer.Error);
            request = adapted;
        }
    }

    private Task<BotAnswer<Message>> RequestAsync(OutboundRequest request, OutboundMedia? media, Stream? file, CancellationToken cancellationToken) =>
        request.Part is { } part && media is not null && file is not null
            ? api.UploadAsync<Message>(request.Method, request.Request, part, media, file, account.Timeout ?? UploadTimeoutOf(file.Length), cancellationToken)
            : api.CallAsync<ChatRequest, Message>(request.Method, request.Request, account.Timeout ?? TextTimeout, cancellationToken);

    /// <summary>How long an upload may take.</summary>
    /// <param name="length">Bytes of the file.</param>
    internal static TimeSpan UploadTimeoutOf(long length) => UploadTimeout + TimeSpan.FromSeconds((double)length / SlowestBytesPerSecond);

    /// <summary>The same message without what the API does not take; null when there is nothing to leave out.</summary>
    private static OutboundRequest? Adapt(OutboundRequest request, BotAnswer<Message> answer)
    {
        var parameters = request.Request;
        if (answer.MigrateToChatId is { } group)
            return request with { Request = parameters with { ChatId = group.ToString(CultureInfo.InvariantCulture) } };
        if (answer.Says("can't parse entities") && request.PlainText is not null && parameters.ParseMode is not null)
            return request.AsPlain();
        if (answer.Says("message thread not found") && parameters.MessageThreadId is not null)
            return request with { Request = parameters with { MessageThreadId = null } };
        // Both wordings are the API's, of different years.
        if ((answer.Says("message to be replied not found") || answer.Says("reply message not found") || answer.Says("replied message not found")) && parameters.ReplyToMessageId is not null)
            return request with { Request = parameters with { ReplyToMessageId = null } };
        if (request.Method == "sendVoice" && answer.Says("VOICE_MESSAGES_FORBIDDEN"))
            return request with { Method = "sendAudio", Part = "audio" };
        // A picture that is too large or too long for one is still a file.
        if (request.Method == "sendPhoto" && (answer.Says("PHOTO_INVALID_DIMENSIONS") || answer.Says("IMAGE_PROCESS_FAILED") || answer.Says("too big for a photo")))
            return request with { Method = "sendDocument", Part = "document" };
        return null;
    }

    private SendResult Conclude(BotAnswer<Message> answer)
    {
        switch (answer.Outcome)
        {
            case BotOutcome.Ok when answer.Result is { } message:
                sent.Add(message.Chat.Id, message.MessageId);
                return new SendResult.Delivered(message.MessageId.ToString(CultureInfo.InvariantCulture));
            case BotOutcome.Ok:
                return new SendResult.Delivered("");
            case BotOutcome.RateLimited:
                return new SendResult.RateLimited(answer.RetryAfter ?? TimeSpan.FromSeconds(1));
            case BotOutcome.NotSent or BotOutcome.ServerError:
                return new SendResult.Transient(answer.Error);
            // As much of the answer came as to know that it is there.
            case BotOutcome.Unknown when answer.SaidOk:
                return new SendResult.Delivered(answer.MessageId?.ToString(CultureInfo.InvariantCulture) ?? "");
            case BotOutcome.Unknown:
                return new SendResult.Ambiguous(answer.Error);
            // The account's trouble, not the message's.
            case BotOutcome.Refused when answer.Code is 401 or 404:
                return new SendResult.Transient("Telegram does not accept the bot token");
            case BotOutcome.Refused when answer.Says("chat not found"):
                return new SendResult.Refused($"{answer.Error}: the user has not started the bot, the bot was removed from the group, or the id is wrong");
            default:
                return new SendResult.Refused(answer.Error);
        }
    }

    [LoggerMessage(8331, LogLevel.Debug, "telegram/{Account}: message {Id} is sent again without what was not taken: {Reason}")]
    private static partial void LogAdapted(ILogger logger, string account, string id, string reason);
}
