using System.Text;
using System.Text.RegularExpressions;

namespace OpenClaw.Gateway.Core.Agents.Replies;

/// <summary>What a model's text says about its own delivery, taken out of the text.</summary>
internal sealed record ReplyText(string Text)
{
    public IReadOnlyList<string> MediaUrls { get; init; } = [];

    /// <summary>The id of the message it answers; the last one named counts.</summary>
    public string? ReplyToId { get; init; }

    public bool ReplyToCurrent { get; init; }

    public bool AudioAsVoice { get; init; }
}

/// <summary>Reads reply tags (<c>[[reply_to_current]]</c>, <c>[[reply_to: id]]</c>, <c>[[audio_as_voice]]</c>) and <c>MEDIA:</c> lines.</summary>
internal static partial class ReplyDirectives
{
    public const string MediaPrefix = "MEDIA:";

    /// <summary>Longest media reference, in characters, as in the peer.</summary>
    private const int MaxMediaChars = 4096;

    private const int MaxTagChars = 200;

    /// <summary>While <paramref name="complete"/> is false an unfinished tag or media line at the end is held back.</summary>
    public static ReplyText Parse(string text, bool complete)
    {
        if (!complete)
            text = text[..HoldAt(text)];
        string? replyTo = null;
        var current = false;
        var voice = false;
        if (text.Contains("[[", StringComparison.Ordinal))
        {
            text = TagPattern().Replace(text, tag =>
            {
                if (tag.Groups["id"].Success)
                    replyTo = tag.Groups["id"].Value.Trim();
                else if (tag.Groups["voice"].Success)
                    voice = true;
                else
                    current = true;
                return "";
            });
        }
        var media = new List<string>();
        if (text.Contains(MediaPrefix, StringComparison.Ordinal))
            text = TakeMedia(text, media);
        return new ReplyText(text.Trim()) { MediaUrls = media, ReplyToId = replyTo, ReplyToCurrent = current, AudioAsVoice = voice };
    }

    private static string TakeMedia(string text, List<string> media)
    {
        var code = CodeSpans.Find(text);
        var kept = new StringBuilder(text.Length);
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is var feed and >= 0 ? feed + 1 : text.Length;
            var line = text.AsSpan(start, end - start).Trim();
            if (line.StartsWith(MediaPrefix, StringComparison.Ordinal)
                && !CodeSpans.Contains(code, start)
                && ReadMedia(line[MediaPrefix.Length..]) is { } url)
                media.Add(url);
            else
                kept.Append(text, start, end - start);
            start = end;
        }
        return kept.ToString();
    }

    // Only what was fetched from the web or lies in the workspace may go out: an absolute path could name any secret.
    private static string? ReadMedia(ReadOnlySpan<char> text)
    {
        var value = text.Trim().Trim("`\"'").ToString();
        if (value.Length is 0 or > MaxMediaChars)
            return null;
        if (Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            return value;
        var inWorkspace = value.StartsWith("./", StringComparison.Ordinal) && !value.Split('/').Contains("..");
        return inWorkspace ? value : null;
    }

    private static int HoldAt(string text)
    {
        var hold = text.Length;
        var lineStart = text.LastIndexOf('\n') + 1;
        var line = text.AsSpan(lineStart).TrimStart();
        if (line.Length > 0 && (line.StartsWith(MediaPrefix, StringComparison.Ordinal) || MediaPrefix.AsSpan().StartsWith(line, StringComparison.Ordinal)))
            hold = lineStart;
        if (text.EndsWith('[') && !text.EndsWith("[[", StringComparison.Ordinal))
            hold = Math.Min(hold, text.Length - 1);
        var tag = text.LastIndexOf("[[", StringComparison.Ordinal);
        if (tag >= 0 && text.Length - tag <= MaxTagChars && text.IndexOf("]]", tag, StringComparison.Ordinal) < 0 && MayBeTag(text.AsSpan(tag + 2)))
            hold = Math.Min(hold, tag);
        return hold;
    }

    private static bool MayBeTag(ReadOnlySpan<char> started)
    {
        var word = started.TrimStart();
        foreach (var name in (string[])["reply_to_current", "reply_to:", "audio_as_voice"])
        {
            var length = Math.Min(word.Length, name.Length);
            if (word[..length].Equals(name.AsSpan(0, length), StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    [GeneratedRegex(@"\[\[\s*(?:(?<current>reply_to_current)|reply_to:(?>\s*)(?<id>(?>[^\]\n]{1,200}))|(?<voice>audio_as_voice))(?>\s*)\]\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TagPattern();
}
