using System.Text;
using OpenClaw.Channels.Telegram.Api;

namespace OpenClaw.Channels.Telegram.Inbound;

/// <summary>
/// Makes Markdown of the marks that change what a text says: links whose address is not shown, and code. Bold and the like are left away, as the peer
/// does; they would only stand in the way of commands and patterns.
/// </summary>
internal static class EntityMarkdown
{
    public static string Render(string text, IReadOnlyList<MessageEntity> entities)
    {
        var marks = new List<(int Position, int Order, string Text)>();
        foreach (var entity in entities)
        {
            if (entity.Offset < 0 || entity.Length <= 0 || entity.Offset > text.Length - entity.Length)
                continue;
            var words = text.Substring(entity.Offset, entity.Length);
            var (before, after) = entity.Type switch
            {
                "text_link" when entity.Url is { Length: > 0 } url && words.Trim() != url => ("[", $"]({url})"),
                "code" when !words.Contains('`') => ("`", "`"),
                "pre" when !words.Contains("```", StringComparison.Ordinal) => ($"```{entity.Language}\n", "\n```"),
                _ => ("", ""),
            };
            if (before.Length == 0)
                continue;
            marks.Add((entity.Offset, 1, before));
            marks.Add((entity.Offset + entity.Length, 0, after));
        }
        if (marks.Count == 0)
            return text;
        var rendered = new StringBuilder(text.Length + 64);
        var position = 0;
        // Ends come before beginnings at the same place.
        foreach (var mark in marks.OrderBy(static mark => mark.Position).ThenBy(static mark => mark.Order))
        {
            rendered.Append(text, position, mark.Position - position).Append(mark.Text);
            position = mark.Position;
        }
        return rendered.Append(text, position, text.Length - position).ToString();
    }
}
