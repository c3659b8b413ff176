using System.Collections.Concurrent;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Settings;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Channels.Telegram.Accounts;
using OpenClaw.Channels.Telegram.Connection;
using OpenClaw.Channels.Telegram.Inbound;
using OpenClaw.Channels.Telegram.Outbound;

namespace OpenClaw.Channels.Telegram.Hosting;

/// <summary>Telegram, by its Bot API.</summary>
internal sealed class TelegramChannel(ConnectionServices services, TimeProvider time) : IChannel
{
    // Known beyond a connection: what a bot sent stays its own when it connects anew.
    private readonly ConcurrentDictionary<string, SentMessages> _sent = new(StringComparer.Ordinal);

    public ChannelDescription Description { get; } = new(UpdateNormalizer.ChannelId, "Telegram")
    {
        DetailLabel = "Telegram Bot",
        SystemImage = "paperplane",
        HasPolls = true,
        MaxButtonData = OutboundRequest.MaxCallbackData,
        Actions = ["send", "poll", "react", "edit", "delete", "pin", "unpin", "thread-create", "sticker", "typing"],
        HasReactions = true,
        HasTyping = true,
        SenderIdLabel = "Your Telegram user id",
    };

    public IReadOnlyList<ChannelAccount> AccountsOf(ChannelSettings settings) => TelegramAccounts.Read(settings);

    public IChannelConnection Connect(ChannelAccount account, ConnectionContext context) =>
        new TelegramConnection((TelegramAccount)account, context, _sent.GetOrAdd(account.Id, _ => new SentMessages(time)), services);
}
