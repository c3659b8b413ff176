using OpenClaw.Channels.Telegram.Api;

namespace OpenClaw.Channels.Telegram.Inbound;

/// <summary>What belongs together, and what becomes of it.</summary>
internal static class Gathering
{
    /// <summary>It may be the first part of a long text.</summary>
    public static bool MayBePaste(Message message) =>
        message is { Text.Length: >= GatherSettings.PasteStart, ForwardOrigin: null, MediaGroupId: null } && !message.Text.StartsWith('/');

    /// <summary>It goes on where the parts end: the same sender, the next id, and room for it.</summary>
    public static bool Continues(IReadOnlyList<Message> parts, Message next) =>
        next is { Text.Length: > 0, ForwardOrigin: null, MediaGroupId: null }
        && !next.Text.StartsWith('/')
        && next.From?.Id == parts[^1].From?.Id
        && next.MessageThreadId == parts[^1].MessageThreadId
        && next.MessageId == parts[^1].MessageId + 1
        && parts.Count < GatherSettings.MaxPasteParts
        && parts.Sum(static part => part.Text!.Length) + next.Text.Length <= GatherSettings.MaxPasteLength;

    /// <summary>It is of the same album.</summary>
    public static bool IsOfAlbum(IReadOnlyList<Message> parts, Message next) =>
        next.MediaGroupId == parts[0].MediaGroupId && next.From?.Id == parts[0].From?.Id && parts.Count < GatherSettings.MaxAlbumParts;

    /// <summary>One message of several; the ids of the others go with it.</summary>
    public static NormalizedMessage Merge(IReadOnlyList<NormalizedMessage> parts)
    {
        if (parts is [var only])
            return only;
        var ordered = parts.OrderBy(static part => long.TryParse(part.Message.MessageId, out var id) ? id : 0).ToList();
        var first = ordered[0];
        var isAlbum = ordered.Any(static part => part.Files.Count > 0);
        // An album has one caption, which may be on any of its parts.
        var worded = isAlbum ? ordered.FirstOrDefault(static part => part.Message.Text.Length > 0) ?? first : first;
        return new NormalizedMessage(
            first.Message with
            {
                Text = isAlbum ? worded.Message.Text : string.Concat(ordered.Select(static part => part.Message.Text)),
                WasMentioned = ordered.Any(static part => part.Message.WasMentioned),
                MentionsOthers = ordered.Any(static part => part.Message.MentionsOthers),
                IsNativeCommand = worded.Message.IsNativeCommand,
                ReplyTo = ordered.Select(static part => part.Message.ReplyTo).FirstOrDefault(static answered => answered is not null),
                Forwarded = ordered.Select(static part => part.Message.Forwarded).FirstOrDefault(static origin => origin is not null),
                PartIds = [.. ordered.Skip(1).Select(static part => part.Message.MessageId)],
            },
            [.. ordered.SelectMany(static part => part.Files)]);
    }
}
