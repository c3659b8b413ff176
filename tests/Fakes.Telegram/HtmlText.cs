using System.Net;
using System.Text;

namespace OpenClaw.Fakes.Telegram;

/// <summary>The API's HTML: what is left of it as text, or why it is refused.</summary>
internal static class HtmlText
{
    private static readonly HashSet<string> Tags = ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "tg-spoiler", "span", "blockquote", "tg-emoji"];

    public static string Parse(string html)
    {
        var text = new StringBuilder();
        var open = new Stack<string>();
        for (var i = 0; i < html.Length;)
        {
            if (html[i] == '<')
            {
                var end = html.IndexOf('>', i);
                if (end < 0)
                    throw Refuse($"Unclosed start tag at byte offset {Offset(html, i)}");
                Tag(html[(i + 1)..end], open, Offset(html, i));
                i = end + 1;
            }
            else if (html[i] == '&' && html.IndexOf(';', i) is var semicolon && semicolon > 0 && semicolon - i <= 10)
            {
                text.Append(WebUtility.HtmlDecode(html[i..(semicolon + 1)]));
                i = semicolon + 1;
            }
            else
            {
                text.Append(html[i++]);
            }
        }
        if (open.TryPeek(out var left))
            throw Refuse($"Can't find end tag corresponding to start tag \"{left}\"");
        return text.ToString();
    }

    private static void Tag(string inner, Stack<string> open, int offset)
    {
        if (inner.StartsWith('/'))
        {
            if (!open.TryPop(out var expected))
                throw Refuse($"Unexpected end tag at byte offset {offset}");
            if (expected != inner[1..].Trim().ToLowerInvariant())
                throw Refuse($"Unmatched end tag at byte offset {offset}, expected \"</{expected}>\", found \"<{inner}>\"");
            return;
        }
        var name = inner.Split(' ', 2)[0].ToLowerInvariant();
        if (!Tags.Contains(name))
            throw Refuse($"Unsupported start tag \"{name}\" at byte offset {offset}");
        open.Push(name);
    }

    private static int Offset(string html, int index) => Encoding.UTF8.GetByteCount(html.AsSpan(0, index));

    private static ApiError Refuse(string why) => ApiError.BadRequest("can't parse entities: " + why);
}
