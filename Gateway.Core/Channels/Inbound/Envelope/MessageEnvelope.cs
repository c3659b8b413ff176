using System.Globalization;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Channels.Inbound.History;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Envelope;

/// <summary>The line in front of a message that tells the model where it was written, by whom and when: <c>[Telegram Bob (@bob) id:42 +5m Sat …] hello</c>.</summary>
internal static class MessageEnvelope
{
    private const string HistoryMarker = "[Chat messages since your last reply - for context]";
    private const string CurrentMarker = "[Current message - respond to this]";

    /// <param name="message">The message.</param>
    /// <param name="channelName">The channel's name for people.</param>
    /// <param name="body">What <see cref="MessageBody"/> made of it.</param>
    /// <param name="at">When it was written.</param>
    /// <param name="previous">When the session was used last; null when never.</param>
    /// <param name="options">What is told of time.</param>
    public static string Of(InboundMessage message, string channelName, string body, DateTimeOffset at, DateTimeOffset? previous, EnvelopeOptions options)
    {
        var isDirect = message.Chat.Type is ChatType.Direct;
        var elapsed = options.HasElapsed && previous is { } before && at >= before ? $" +{Elapsed(at - before)}" : "";
        var time = options.HasTime ? " " + TimeEnvelope.Stamp(at, options.Zone) : "";
        return $"[{channelName} {(isDirect ? SenderLabel(message) : GroupLabel(message))}{elapsed}{time}] {(isDirect ? "" : SpeakerOf(message.Sender) + ": ")}{body}";
    }

    /// <summary>The message with what was said in the group before it.</summary>
    public static string WithHistory(IReadOnlyList<HistoryEntry> history, InboundMessage message, string channelName, string current, EnvelopeOptions options)
    {
        if (history.Count == 0)
            return current;
        var lines = history.Select(entry =>
        {
            var time = options.HasTime ? " " + TimeEnvelope.Stamp(DateTimeOffset.FromUnixTimeMilliseconds(entry.AtMs), options.Zone) : "";
            return $"[{channelName} {GroupLabel(message)}{time}] {entry.Sender}: {entry.Body} [id:{entry.MessageId} chat:{HarmlessText.Label(message.Chat.Id)}]";
        });
        return $"{HistoryMarker}\n{string.Join('\n', lines)}\n\n{CurrentMarker}\n{current}";
    }

    /// <summary>The id of the message, so that the model can name it, and it is found again where several were merged.</summary>
    public static string WithId(string text, string messageId) => $"{text}\n[message_id: {messageId}]";

    /// <summary>Somebody in a group, as <c>Bob B (42)</c>.</summary>
    public static string SpeakerOf(ChatSender sender)
    {
        var id = HarmlessText.Label(sender.PhoneNumber ?? sender.Id) ?? "unknown";
        return (HarmlessText.Label(sender.Name) ?? HarmlessText.Label(sender.Username)) is { } name ? $"{name} ({id})" : id;
    }

    private static string SenderLabel(InboundMessage message)
    {
        var sender = message.Sender;
        if (message.Channel == "whatsapp")
            return HarmlessText.Label(sender.PhoneNumber ?? sender.Id) ?? "unknown";
        var name = HarmlessText.Label(sender.Name);
        var handle = HarmlessText.Label(sender.Username) is { } username ? "@" + username : null;
        var who = name is null ? handle : handle is null ? name : $"{name} ({handle})";
        var id = "id:" + (HarmlessText.Label(sender.Id) ?? "unknown");
        return who is null ? id : $"{who} {id}";
    }

    private static string GroupLabel(InboundMessage message)
    {
        var id = HarmlessText.Label(message.Chat.Id);
        var topic = HarmlessText.Label(message.Chat.ThreadId) is { } thread ? " topic:" + thread : "";
        return HarmlessText.Label(message.Chat.Title) is { } title ? $"{title} id:{id}{topic}" : $"group:{id}{topic}";
    }

    private static string Elapsed(TimeSpan elapsed)
    {
        var seconds = (long)Math.Round(elapsed.TotalSeconds, MidpointRounding.AwayFromZero);
        var minutes = (long)Math.Round(seconds / 60.0, MidpointRounding.AwayFromZero);
        var hours = (long)Math.Round(minutes / 60.0, MidpointRounding.AwayFromZero);
        return minutes < 1 ? Text(seconds, 's') : minutes < 60 ? Text(minutes, 'm') : hours < 48 ? Text(hours, 'h') : Text((long)Math.Round(hours / 24.0, MidpointRounding.AwayFromZero), 'd');
    }

    private static string Text(long count, char unit) => count.ToString(CultureInfo.InvariantCulture) + unit;
}
