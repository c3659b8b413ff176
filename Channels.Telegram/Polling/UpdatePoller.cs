using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Channels.Telegram.Api;
using OpenClaw.Channels.Telegram.Inbound;

namespace OpenClaw.Channels.Telegram.Polling;

/// <summary>
/// Asks for updates, one request at a time, and lets the API forget only what is stored. As long as something is on its way it asks again for the same
/// without waiting, which is the only way to see newer updates without confirming older ones.
/// </summary>
internal sealed partial class UpdatePoller(string account, BotApi api, Intake intake, OffsetFile file, ConnectionContext context, PollSettings settings, TelegramMetrics metrics, ILogger logger)
{
    /// <summary>What there is for the gateway; the API sends nothing else.</summary>
    public static IReadOnlyList<string> AllowedUpdates { get; } = ["message", "callback_query", "message_reaction"];

    /// <summary>A file of the peer's speaks of updates close by. Ids of another bot, or after a week of silence, are far from them.</summary>
    private const long SkipWindow = 10_000;

    private readonly UpdateLedger _ledger = new();
    private long? _handledBefore;
    private Task _noting = Task.CompletedTask;

    /// <summary>Polls until cancelled; whatever the API answers, this goes on.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _handledBefore = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await PollOnAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await _noting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PollOnAsync(CancellationToken cancellationToken)
    {
        // Sending depends on no poll.
        context.Ready();
        var failures = 0;
        var isProven = false;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = await PollAsync(isProven, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (answer is { IsOk: true, Result: var result })
            {
                if (failures > 0)
                    LogBack(logger, account, failures);
                failures = 0;
                if (!isProven)
                    context.Ready();
                isProven = true;
                context.Report(Heard);
                await TakeAsync(result, cancellationToken).ConfigureAwait(false);
                continue;
            }
            failures++;
            isProven = false;
            await RestAsync(answer, failures, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <param name="isProven">The poll before was answered; else this one asks for an answer at once, to know.</param>
    /// <param name="cancellationToken">Stops.</param>
    private Task<BotAnswer<JsonElement>> PollAsync(bool isProven, CancellationToken cancellationToken)
    {
        // Nothing is waited for while something is on its way.
        var wait = _ledger.HasPending || !isProven ? TimeSpan.Zero : settings.PollTimeout;
        var request = new GetUpdatesRequest { Offset = _ledger.Offset, Timeout = (int)wait.TotalSeconds, AllowedUpdates = AllowedUpdates };
        return api.PollAsync(request, wait + settings.Watchdog, cancellationToken);
    }

    private AccountStatus Heard(AccountStatus status) => status with { LastActivityAt = context.Time.GetUtcNow().ToUnixTimeMilliseconds() };

    private async Task TakeAsync(JsonElement updates, CancellationToken cancellationToken)
    {
        if (updates.ValueKind is JsonValueKind.Array)
        {
            foreach (var update in updates.EnumerateArray())
                Take(update);
            if (updates.GetArrayLength() > 0)
                _handledBefore = null;
        }
        // What has come is mostly stored in a moment; what takes longer must not keep us from asking.
        await _ledger.Settled.WaitAsync(settings.PendingPause, context.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // The next poll need not wait for the disk: what the file says is never ahead of what is stored.
        await _noting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_ledger.Offset is { } offset)
            _noting = file.WriteAsync(offset - 1, CancellationToken.None);
    }

    private void Take(JsonElement element)
    {
        Update? update = null;
        try
        {
            update = element.Deserialize(BotJsonContext.Default.Update);
        }
        catch (JsonException exception)
        {
            LogUnreadable(logger, exception, account);
        }
        if (update is null)
        {
            // Without an id it cannot even be confirmed.
            if (element.ValueKind is JsonValueKind.Object && element.TryGetProperty("update_id", out var id) && id.TryGetInt64(out var number))
                _ledger.End(number);
            return;
        }
        if (!_ledger.TryBegin(update.UpdateId))
            return;
        if (update.UpdateId <= _handledBefore && update.UpdateId > _handledBefore - SkipWindow)
            _ledger.End(update.UpdateId);
        else
            intake.Post(new IncomingUpdate(update, () => _ledger.End(update.UpdateId)));
    }

    private async Task RestAsync(BotAnswer<JsonElement> answer, int failures, CancellationToken cancellationToken)
    {
        if (answer.IsTimeout)
        {
            metrics.PollStalled(account);
            LogStalled(logger, account);
        }
        if (answer.Code == 409 && answer.Error.Contains("webhook", StringComparison.OrdinalIgnoreCase))
            await api.CallAsync<DeleteWebhookRequest, bool>("deleteWebhook", new DeleteWebhookRequest(), settings.CallTimeout, cancellationToken).ConfigureAwait(false);
        // The request that stalled is gone, and has waited long enough.
        var pause = answer.IsTimeout ? TimeSpan.Zero : settings.Scale(PollBackoff.DelayAfter(answer, failures, RandomNumberGenerator.GetInt32(1 << 20) / (double)(1 << 20)));
        var next = (context.Time.GetUtcNow() + pause).ToUnixTimeMilliseconds();
        context.Report(status => status with { Connected = false, LastError = PollTrouble.Describe(answer), ReconnectAttempts = failures, NextAttemptAt = next });
        LogFailed(logger, account, PollTrouble.Describe(answer), pause);
        await Task.Delay(pause, context.Time, cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(8321, LogLevel.Warning, "telegram/{Account}: updates could not be asked for ({Reason}); again in {Pause}.")]
    private static partial void LogFailed(ILogger logger, string account, string reason, TimeSpan pause);

    [LoggerMessage(8322, LogLevel.Information, "telegram/{Account}: updates come again, after {Failures} failures.")]
    private static partial void LogBack(ILogger logger, string account, int failures);

    [LoggerMessage(8323, LogLevel.Warning, "telegram/{Account}: a poll was not answered in time and is cut.")]
    private static partial void LogStalled(ILogger logger, string account);

    [LoggerMessage(8324, LogLevel.Error, "telegram/{Account}: an update is of a form that is not understood and is passed over.")]
    private static partial void LogUnreadable(ILogger logger, Exception exception, string account);
}
