using OpenClaw.Channels.Telegram.Api;

namespace OpenClaw.Channels.Telegram.Inbound;

/// <summary>Who is named in a text.</summary>
/// <param name="Text">The text; of a command for us without our name.</param>
/// <param name="Entities">Its entities, moved where the text was cut.</param>
internal sealed record Mentions(string Text, IReadOnlyList<MessageEntity> Entities)
{
    public bool OfSelf { get; private init; }

    public bool OfOthers { get; private init; }

    /// <summary>It is a command for us.</summary>
    public bool IsCommand { get; private init; }

    public static Mentions Find(string text, IReadOnlyList<MessageEntity> entities, User self)
    {
        var found = new Mentions(text, entities);
        var handle = "@" + self.Username;
        foreach (var entity in entities)
        {
            if (entity.Offset < 0 || entity.Length <= 0 || entity.Offset > text.Length - entity.Length)
                continue;
            var words = text.AsSpan(entity.Offset, entity.Length);
            switch (entity.Type)
            {
                case "mention":
                    found = words.Equals(handle, StringComparison.OrdinalIgnoreCase) ? found with { OfSelf = true } : found with { OfOthers = true };
                    break;
                case "text_mention":
                    found = entity.User?.Id == self.Id ? found with { OfSelf = true } : found with { OfOthers = true };
                    break;
                case "bot_command" when words.IndexOf('@') is var at && at > 0:
                    if (!words[at..].Equals(handle, StringComparison.OrdinalIgnoreCase))
                        found = found with { OfOthers = true };
                    else if (entity.Offset == 0)
                        found = found.WithoutName(at, entity.Length) with { OfSelf = true, IsCommand = true };
                    else
                        found = found with { OfSelf = true };
                    break;
                case "bot_command" when entity.Offset == 0:
                    found = found with { IsCommand = true };
                    break;
            }
        }
        return found;
    }

    /// <summary>Cuts the name out of the command that the text begins with.</summary>
    private Mentions WithoutName(int start, int end) => this with
    {
        Text = Text.Remove(start, end - start),
        Entities = [.. Entities.Where(entity => entity.Offset >= end).Select(entity => entity with { Offset = entity.Offset - (end - start) })],
    };
}
