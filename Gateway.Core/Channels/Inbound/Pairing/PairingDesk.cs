using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;
using OpenClaw.Gateway.Core.Channels.Replies;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Pairing;

/// <summary>Gives a sender that is not known a code, and tells it once.</summary>
internal sealed partial class PairingDesk(PairingStore store, ReplyDelivery replies, ChannelDirectory directory, GatewayEnvironment environment, Audit audit, ILogger<PairingDesk> logger)
{
    /// <summary>Messages that lay at the provider before we connected get no answer of this kind on WhatsApp: they may be many, and old (channels.md A1).</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan StoreAgain = TimeSpan.FromSeconds(1);

    public async Task<InboundOutcome> AskAsync(InboundMessage message, ChannelDescription channel, CancellationToken cancellationToken)
    {
        if (await IsOldAsync(message, cancellationToken).ConfigureAwait(false))
            return InboundOutcome.Done;
        var meta = new Dictionary<string, string?>(StringComparer.Ordinal) { ["name"] = message.Sender.Name, ["username"] = message.Sender.Username };
        var request = await store.RequestAsync(message.Channel, message.Sender.PhoneNumber ?? message.Sender.Id, meta, cancellationToken).ConfigureAwait(false);
        if (request is not { } known)
        {
            LogFull(logger, message.Channel);
            return InboundOutcome.Done;
        }
        if (known.IsNew)
        {
            LogRequested(logger, message.Channel, message.AccountId);
            audit.SenderRequested(message.Channel, message.Sender.PhoneNumber ?? message.Sender.Id);
        }
        // Named after the code: however often the sender writes, and whenever we die, it is told once.
        var text = PairingReply.Of(channel, message, known.Code, environment.CommandName);
        var isStored = await replies.SendTextAsync(InboundAcceptance.RouteOf(message) with { MessageId = null }, "pairing:" + known.Code, text, cancellationToken).ConfigureAwait(false);
        return isStored ? InboundOutcome.Done : InboundOutcome.Later(StoreAgain);
    }

    private async Task<bool> IsOldAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        if (message.Channel != "whatsapp" || message.SentAtMs is not { } sentAt)
            return false;
        var status = await directory.FindStatusAsync(message.Channel, message.AccountId, cancellationToken).ConfigureAwait(false);
        return status?.LastConnectedAt is { } connectedAt && sentAt < connectedAt - Grace.TotalMilliseconds;
    }

    [LoggerMessage(8204, LogLevel.Warning, "{Channel}/{Account}: a sender that is not known asks to be let in. \"openclaw pairing list {Channel}\" shows its code.")]
    private static partial void LogRequested(ILogger logger, string channel, string account);

    [LoggerMessage(8205, LogLevel.Debug, "{Channel}: as many senders wait to be let in as may; another one got no code.")]
    private static partial void LogFull(ILogger logger, string channel);
}
