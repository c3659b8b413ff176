using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;
using OpenClaw.Gateway.Core.Channels.Replies;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Commands;

/// <summary>Gives the answer to a command: a message of its own, or another page of the list whose button was pressed.</summary>
internal sealed class CommandAnswers(ReplyDelivery replies, ChannelCaller channels)
{
    /// <summary>False when it could not be stored now.</summary>
    public async Task<bool> GiveAsync(InboundMessage message, CommandAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Text is not { } text)
            return true;
        var route = InboundAcceptance.RouteOf(message);
        if (answer.IsPage && message is { Kind: InboundKind.Button, ReplyTo.MessageId: { Length: > 0 } list })
        {
            var turned = await channels.ActAsync(route.Channel, route.AccountId, new EditAction(route.To, list, text) { Buttons = answer.Buttons }, cancellationToken).ConfigureAwait(false);
            // Who turns pages faster than the provider takes it presses once more; a list anew for each of them would be more of the same.
            if (turned.Ok || turned.IsLimited)
                return true;
            // A list that is too old to be changed, or gone: it comes anew.
        }
        return await replies.SendTextAsync(route, "command:" + RunIds.Of(message), text, answer.Buttons, cancellationToken).ConfigureAwait(false);
    }
}
