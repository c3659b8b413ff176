using OpenClaw.Channels.Telegram.Api;

namespace OpenClaw.Channels.Telegram.Inbound;

/// <summary>What people send that is neither words nor a file, in words.</summary>
internal static class MessageNotes
{
    /// <summary>Null when there is nothing of that.</summary>
    public static string? Of(Message message) =>
        message.Contact is { } contact ? $"<contact: {Line($"{contact.FirstName} {contact.LastName}")}, {Number(contact.PhoneNumber)}>"
        : message.Poll is { } poll ? $"<poll: {Line(poll.Question)} ({string.Join(" | ", poll.Options.Select(static option => Line(option.Text)))})>"
        : null;

    /// <summary>The API gives it with or without its plus.</summary>
    private static string Number(string written) => string.Concat(written.Where(char.IsAsciiDigit)) is { Length: > 0 } digits ? "+" + digits : "no number";

    private static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace('<', '(').Replace('>', ')');
}
