using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Channels.Telegram.Accounts;
using OpenClaw.Channels.Telegram.Api;
using OpenClaw.Channels.Telegram.Inbound;
using OpenClaw.Channels.Telegram.Outbound;
using OpenClaw.Channels.Telegram.Polling;
using OpenClaw.Channels.Telegram.Webhook;

namespace OpenClaw.Channels.Telegram.Connection;

/// <summary>What connections share.</summary>
/// <param name="StateDirectory">Where the peer keeps its files; null when this process has none.</param>
/// <param name="Settings">Times of polling.</param>
/// <param name="Webhooks">Where updates are pushed to.</param>
/// <param name="Metrics">What is counted.</param>
/// <param name="Logger">Where is told what happens.</param>
internal sealed record ConnectionServices(string? StateDirectory, PollSettings Settings, WebhookListeners Webhooks, TelegramMetrics Metrics, ILogger Logger);

/// <summary>A bot's connection: polls or is pushed to, and sends.</summary>
internal sealed class TelegramConnection : IChannelConnection
{
    private readonly TelegramAccount _account;
    private readonly ConnectionContext _context;
    private readonly ConnectionServices _services;
    private readonly SentMessages _sent;
    private readonly BotApi _api;
    private readonly AnswerDrafts _drafts;
    private readonly MessageSender _sender;
    private readonly ChatActions _actions;
    private readonly FileFetcher _fetcher;
    private readonly FetchedFiles _files;

    public TelegramConnection(TelegramAccount account, ConnectionContext context, SentMessages sent, ConnectionServices services)
    {
        _account = account;
        _context = context;
        _services = services;
        _sent = sent;
        _api = new BotApi(account, context.Time, services.Settings.ClosePatience);
        _drafts = new AnswerDrafts(_api, context.Time);
        _sender = new MessageSender(account, _api, _drafts, context, sent, services.Metrics, services.Logger);
        _actions = new ChatActions(account, _api, _drafts, context);
        _fetcher = new FileFetcher(_api, account.MaxMediaBytes, context.Time);
        _files = new FetchedFiles(_fetcher, context.Time);
    }

    public async Task<ConnectionEnd> RunAsync(CancellationToken cancellationToken)
    {
        var self = await new StartSequence(_account, _api, _context, _services.Settings, _services.Logger).RunAsync(UpdatePoller.AllowedUpdates, cancellationToken).ConfigureAwait(false);
        _drafts.AreTaken = self.HasTopicsEnabled;
        var normalizer = new UpdateNormalizer(_account.Id, self, _sent.Contains);
        var intake = new Intake(_account.Id, _api, normalizer, _fetcher, _context, _services.Logger);
        await using (intake.ConfigureAwait(false))
        {
            if (_account.Webhook is { } webhook)
                return await new WebhookReceiver(_account.Id, webhook, intake, _context, _services.Webhooks, _services.Logger).RunAsync(cancellationToken).ConfigureAwait(false);
            var file = new OffsetFile(_services.StateDirectory, _account.Id, _services.Logger);
            await new UpdatePoller(_account.Id, _api, intake, file, _context, _services.Settings, _services.Metrics, _services.Logger).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        return new ConnectionEnd("stopped");
    }

    public Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken) => _sender.SendAsync(message, cancellationToken);

    public Task<ActionResult> ActAsync(ChannelAction action, CancellationToken cancellationToken) =>
        action is ReadMediaAction part ? _files.ReadAsync(part, cancellationToken) : _actions.ActAsync(action, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _files.DisposeAsync().ConfigureAwait(false);
        await _drafts.DisposeAsync().ConfigureAwait(false);
        _api.Dispose();
    }
}
