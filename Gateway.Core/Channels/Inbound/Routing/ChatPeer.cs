using OpenClaw.Channels.Abstractions.Messages;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Routing;

/// <summary>Names the other side of a conversation as session keys and bindings do.</summary>
internal static class ChatPeer
{
    /// <summary>The chat, for a topic of a group <c>&lt;chat&gt;:topic:&lt;id&gt;</c>; on WhatsApp, people go by their number.</summary>
    public static string IdOf(InboundMessage message)
    {
        var chat = message.Chat;
        if (chat.Type is ChatType.Direct)
            return message.Channel == "whatsapp" && message.Sender.PhoneNumber is { } number ? number : chat.Id;
        return chat.ThreadId is { } thread ? $"{chat.Id}:topic:{thread}" : chat.Id;
    }
}
