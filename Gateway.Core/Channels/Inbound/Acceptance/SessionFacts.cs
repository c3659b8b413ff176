using System.Text.Json;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Channels.Inbound.Envelope;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;

/// <summary>What a session's entry tells of the chat that it belongs to, and where answers go that no message asked for.</summary>
internal static class SessionFacts
{
    public static void Apply(SessionEntryEditor editor, SessionKey key, InboundMessage message)
    {
        var chat = message.Chat;
        editor.Set(SessionFields.ChatType, NameOf(chat.Type));
        if (key.TryGetGroup(out var channel, out var id))
        {
            editor.Set(SessionFields.Channel, channel).Set(SessionFields.GroupId, id);
            if (HarmlessText.Label(chat.Title) is { } title)
                editor.Set(SessionFields.Subject, title);
        }
        editor.Set(SessionFields.Origin, Origin(message));
        var entry = DeliveryRoute.Apply(editor.Build(), new DeliveryRoute(message.Channel, chat.Id, message.AccountId, chat.ThreadId is { } thread ? RawJson.From(thread) : default));
        foreach (var name in (string[])[SessionFields.DeliveryContext, SessionFields.LastChannel, SessionFields.LastTo, SessionFields.LastAccountId, SessionFields.LastThreadId])
            editor.Set(name, entry[name]);
    }

    public static string NameOf(ChatType type) => type switch { ChatType.Direct => "direct", ChatType.Group => "group", _ => "channel" };

    private static RawJson Origin(InboundMessage message)
    {
        var chat = message.Chat;
        var isDirect = chat.Type is ChatType.Direct;
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, SessionsJson.Writer))
        {
            writer.WriteStartObject();
            writer.WriteString("label", (isDirect ? HarmlessText.Label(message.Sender.Name) : HarmlessText.Label(chat.Title)) ?? chat.Id);
            writer.WriteString("provider", message.Channel);
            writer.WriteString("surface", message.Channel);
            writer.WriteString("chatType", NameOf(chat.Type));
            writer.WriteString("from", isDirect ? $"{message.Channel}:{chat.Id}" : $"{message.Channel}:group:{chat.Id}{(chat.ThreadId is { } topic ? ":topic:" + topic : "")}");
            writer.WriteString("to", $"{message.Channel}:{chat.Id}");
            writer.WriteString("accountId", message.AccountId);
            if (chat.ThreadId is { } thread)
                writer.WriteString("threadId", thread);
            writer.WriteEndObject();
        }
        return new RawJson(buffer.WrittenMemory);
    }
}
