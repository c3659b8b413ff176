using System.Globalization;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Telegram.Accounts;
using OpenClaw.Channels.Telegram.Api;
using OpenClaw.Channels.Telegram.Formatting;

namespace OpenClaw.Channels.Telegram.Outbound;

/// <summary>What is done in passing.</summary>
internal sealed class ChatActions(TelegramAccount account, BotApi api, AnswerDrafts drafts, ConnectionContext context)
{
    /// <summary>The API's limit, in characters.</summary>
    private const int MaxTopicName = 128;

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    public async Task<ActionResult> ActAsync(ChannelAction action, CancellationToken cancellationToken) => action switch
    {
        ProbeAction => await ProbeAsync(cancellationToken).ConfigureAwait(false),
        LogoutAction => ActionResult.Failed("the token of a bot is in the configuration: take it out there, and revoke it at BotFather"),
        _ when !context.IsOwner => ActionResult.Failed("another process owns the account"),
        TypingAction typing => await TypeAsync(typing, cancellationToken).ConfigureAwait(false),
        PreviewAction preview => await drafts.ShowAsync(preview, cancellationToken).ConfigureAwait(false),
        ReactAction react => await ReactAsync(react, cancellationToken).ConfigureAwait(false),
        EditAction edit => await EditAsync(edit, cancellationToken).ConfigureAwait(false),
        DeleteAction delete => await CallAsync<bool>("deleteMessage", delete.To, null, delete.MessageId, static request => request, cancellationToken).ConfigureAwait(false),
        PinAction pin => await CallAsync<bool>("pinChatMessage", pin.To, null, pin.MessageId, static request => request with { DisableNotification = true }, cancellationToken).ConfigureAwait(false),
        UnpinAction unpin => await CallAsync<bool>("unpinChatMessage", unpin.To, null, unpin.MessageId, static request => request, cancellationToken).ConfigureAwait(false),
        CreateThreadAction thread => await CreateThreadAsync(thread, cancellationToken).ConfigureAwait(false),
        _ => ActionResult.Failed("Telegram cannot do that"),
    };

    private async Task<ActionResult> ProbeAsync(CancellationToken cancellationToken)
    {
        var since = context.Time.GetTimestamp();
        var answer = await api.CallAsync<NoParameters, User>("getMe", new NoParameters(), CallTimeout, cancellationToken).ConfigureAwait(false);
        var elapsed = (long)context.Time.GetElapsedTime(since).TotalMilliseconds;
        return answer is { IsOk: true, Result: { } self }
            ? ActionResult.Done with { Identity = self.Username is { } name ? "@" + name : self.FirstName, ElapsedMs = elapsed }
            : ActionResult.Failed(answer.Error) with { ElapsedMs = elapsed };
    }

    /// <summary>Here General is a topic like the others.</summary>
    private Task<ActionResult> TypeAsync(TypingAction typing, CancellationToken cancellationToken) =>
        CallAsync<bool>("sendChatAction", typing.To, typing.ThreadId, null, static request => request with { Action = "typing" }, cancellationToken);

    private Task<ActionResult> ReactAsync(ReactAction react, CancellationToken cancellationToken)
    {
        IReadOnlyList<ReactionType> signs = react.Emoji is { Length: > 0 } emoji ? [new ReactionType { Type = "emoji", Emoji = emoji }] : [];
        return CallAsync<bool>("setMessageReaction", react.To, null, react.MessageId, request => request with { Reaction = signs }, cancellationToken);
    }

    private async Task<ActionResult> EditAsync(EditAction edit, CancellationToken cancellationToken)
    {
        var text = TelegramText.FromMarkdown(edit.Text);
        if (text.Plain.Trim().Length == 0)
            return ActionResult.Failed("the message is empty");
        if (text.Plain.Length > TelegramText.MaxLength)
            return ActionResult.Failed($"the message is longer than {TelegramText.MaxLength} characters");
        var (keyboard, problem) = OutboundRequest.Keyboard(edit.Buttons);
        if (problem is not null)
            return ActionResult.Failed(problem);
        var result = await CallAsync<Message>("editMessageText", edit.To, null, edit.MessageId, request => request with { Text = text.Html, ParseMode = "HTML", ReplyMarkup = keyboard, LinkPreviewOptions = LinkPreviewOptions.Of(account) }, cancellationToken).ConfigureAwait(false);
        if (result.Error?.Contains("can't parse entities", StringComparison.OrdinalIgnoreCase) == true && context.IsOwner)
            result = await CallAsync<Message>("editMessageText", edit.To, null, edit.MessageId, request => request with { Text = text.Plain, ReplyMarkup = keyboard, LinkPreviewOptions = LinkPreviewOptions.Of(account) }, cancellationToken).ConfigureAwait(false);
        // It says what it should.
        return result.Error?.Contains("message is not modified", StringComparison.OrdinalIgnoreCase) == true ? ActionResult.Done : result;
    }

    private async Task<ActionResult> CreateThreadAsync(CreateThreadAction thread, CancellationToken cancellationToken)
    {
        if (thread.Name.Trim() is not { Length: > 0 and <= MaxTopicName } name)
            return ActionResult.Failed($"the name of a topic has 1 to {MaxTopicName} characters");
        if (TelegramTarget.Parse(thread.To) is not { } target)
            return ActionResult.Failed("the receiver is no chat of Telegram");
        var answer = await api.CallAsync<ChatRequest, ForumTopic>("createForumTopic", new ChatRequest { ChatId = target.Chat, Name = name }, account.Timeout ?? CallTimeout, cancellationToken).ConfigureAwait(false);
        return answer is { IsOk: true, Result: { } topic }
            ? ActionResult.Done with { ThreadId = topic.MessageThreadId.ToString(CultureInfo.InvariantCulture) }
            : ActionResult.Failed(answer.Error);
    }

    private async Task<ActionResult> CallAsync<TResult>(string method, string to, string? threadId, string? messageId, Func<ChatRequest, ChatRequest> fill, CancellationToken cancellationToken)
    {
        if (TelegramTarget.Parse(to, threadId) is not { } target)
            return ActionResult.Failed("the receiver is no chat of Telegram");
        long? message = null;
        if (messageId is not null)
        {
            if (!long.TryParse(messageId, CultureInfo.InvariantCulture, out var number))
                return ActionResult.Failed("the message id is no number");
            message = number;
        }
        var request = fill(new ChatRequest { ChatId = target.Chat, MessageThreadId = method == "sendChatAction" ? target.ThreadId : null, MessageId = message });
        var answer = await api.CallAsync<ChatRequest, TResult>(method, request, account.Timeout ?? CallTimeout, cancellationToken).ConfigureAwait(false);
        return answer.IsOk || answer.SaidOk ? ActionResult.Done : ActionResult.Failed(answer.Error) with { IsLimited = answer.Outcome is BotOutcome.RateLimited };
    }
}
