using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Gateway.Core.Channels.Inbound.Access;
using OpenClaw.Gateway.Core.Channels.Inbound.Envelope;
using OpenClaw.Gateway.Core.Channels.Inbound.Routing;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Presence;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Reactions;

/// <summary>Tells a session of signs that somebody put on messages. Nothing is worked on for that; it stands before the next message.</summary>
internal sealed class ReactionDesk(ConfigStore configuration, ConversationRouter router, SessionRemarks remarks, SystemEventQueue systemEvents, SessionStores stores, TimeProvider time)
{
    /// <summary>Signs of one change that are told.</summary>
    private const int MaxSigns = 8;

    /// <param name="message">A message of kind <see cref="InboundKind.Reaction"/> of somebody who may write here.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task TellAsync(InboundMessage message, ChannelDescription channel, CancellationToken cancellationToken)
    {
        var wanted = ChatRules.Of(configuration.Current, message).ReactionNotifications;
        if (message.Reaction is not { } reaction || wanted == "off" || (wanted != "all" && !reaction.IsOnOwn))
            return;
        var key = router.KeyOf(message);
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var sign in reaction.Added.Take(MaxSigns))
        {
            var text = $"{channel.Label} reaction added: {HarmlessText.Label(sign)} by {WhoIs(message.Sender)} on msg {HarmlessText.Label(reaction.TargetMessageId)}";
            if (key == stores.Rules.MainSession)
                systemEvents.Add(text);
            else
                await remarks.AddAsync(key.Value, new SessionRemark(at, text), cancellationToken).ConfigureAwait(false);
        }
    }

    private static string WhoIs(ChatSender sender)
    {
        var name = HarmlessText.Label(sender.Name);
        var handle = HarmlessText.Label(sender.Username) is { } username ? "@" + username : null;
        return name is not null && handle is not null ? $"{name} ({handle})" : name ?? handle ?? $"id:{HarmlessText.Label(sender.Id)}";
    }
}
