using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Telegram.Accounts;
using OpenClaw.Channels.Telegram.Api;
using OpenClaw.Channels.Telegram.Polling;

namespace OpenClaw.Channels.Telegram.Connection;

/// <summary>
/// What a connection begins with: who the bot is, where updates go, and its menu. Without the first two nothing can be done, so they are tried until they
/// work; a menu that cannot be set is told and no more.
/// </summary>
internal sealed partial class StartSequence(TelegramAccount account, BotApi api, ConnectionContext context, PollSettings settings, ILogger logger)
{
    private static readonly BotCommandScope Groups = new("all_group_chats");

    public async Task<User> RunAsync(IReadOnlyList<string> allowedUpdates, CancellationToken cancellationToken)
    {
        var self = await UntilDoneAsync(() => api.CallAsync<NoParameters, User>("getMe", new NoParameters(), settings.CallTimeout, cancellationToken), cancellationToken).ConfigureAwait(false);
        context.Report(status => status with { Identity = self.Username is { } name ? "@" + name : self.FirstName, Mode = account.Webhook is null ? "polling" : "webhook" });
        if (account.Webhook is { } webhook)
            await UntilDoneAsync(() => api.CallAsync<SetWebhookRequest, bool>("setWebhook", new SetWebhookRequest { Url = webhook.Url, SecretToken = webhook.Secret, AllowedUpdates = allowedUpdates }, settings.CallTimeout, cancellationToken), cancellationToken).ConfigureAwait(false);
        else
            // One that somebody left there would keep all updates from us. What waits is kept.
            await UntilDoneAsync(() => api.CallAsync<DeleteWebhookRequest, bool>("deleteWebhook", new DeleteWebhookRequest(), settings.CallTimeout, cancellationToken), cancellationToken).ConfigureAwait(false);
        await SetMenuAsync(null, cancellationToken).ConfigureAwait(false);
        await SetMenuAsync(Groups, cancellationToken).ConfigureAwait(false);
        return self;
    }

    private async Task SetMenuAsync(BotCommandScope? scope, CancellationToken cancellationToken)
    {
        var answer = await api.CallAsync<CommandsRequest, bool>("deleteMyCommands", new CommandsRequest { Scope = scope }, settings.CallTimeout, cancellationToken).ConfigureAwait(false);
        if (answer.IsOk && account.Commands.Count > 0)
            answer = await api.CallAsync<CommandsRequest, bool>("setMyCommands", new CommandsRequest { Commands = account.Commands, Scope = scope }, settings.CallTimeout, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (!answer.IsOk)
            LogNoMenu(logger, account.Id, answer.Error);
    }

    private async Task<T> UntilDoneAsync<T>(Func<Task<BotAnswer<T>>> call, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            var answer = await call().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (answer is { IsOk: true, Result: { } result })
                return result;
            var pause = settings.Scale(PollBackoff.DelayAfter(answer, failures, RandomNumberGenerator.GetInt32(1 << 20) / (double)(1 << 20)));
            var reason = PollTrouble.Describe(answer);
            var next = (context.Time.GetUtcNow() + pause).ToUnixTimeMilliseconds();
            var attempts = failures;
            context.Report(status => status with { Connected = false, LastError = reason, ReconnectAttempts = attempts, NextAttemptAt = next });
            LogNotStarted(logger, account.Id, reason, pause);
            await Task.Delay(pause, context.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(8341, LogLevel.Warning, "telegram/{Account}: not connected ({Reason}); again in {Pause}.")]
    private static partial void LogNotStarted(ILogger logger, string account, string reason, TimeSpan pause);

    [LoggerMessage(8342, LogLevel.Warning, "telegram/{Account}: the menu of commands could not be set: {Reason}")]
    private static partial void LogNoMenu(ILogger logger, string account, string reason);
}
