using System.Text.RegularExpressions;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>
/// Takes off what the gateway put around a user's words for the model: <c>[Sat 2026-11-21 05:14 GMT+1] </c> or
/// <c>[Telegram Ann +5m 2026-11-21 05:14 GMT+1] </c> in front, and lines <c>[message_id: …]</c>.
/// </summary>
internal static partial class EnvelopeText
{
    private static readonly string[] Channels =
    [
        "WebChat", "WhatsApp", "Telegram", "Signal", "Slack", "Discord", "Google Chat", "iMessage", "Teams", "Matrix",
        "Zalo", "Zalo Personal", "BlueBubbles",
    ];

    /// <summary>Without envelope and message ids; the same string when there are none.</summary>
    public static string Strip(string text) => StripMessageIds(StripEnvelope(text));

    /// <summary>Without the envelope only.</summary>
    public static string StripEnvelope(string text)
    {
        var match = Bracketed().Match(text);
        if (!match.Success)
            return text;
        var head = match.Groups[1].Value;
        var isEnvelope = Time().IsMatch(head) || Array.Exists(Channels, channel => head.StartsWith(channel + " ", StringComparison.Ordinal));
        return isEnvelope ? text[match.Length..] : text;
    }

    private static string StripMessageIds(string text)
    {
        if (!text.Contains("[message_id:", StringComparison.Ordinal))
            return text;
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        var kept = Array.FindAll(lines, static line => !IsMessageId(line));
        return kept.Length == lines.Length ? text : string.Join('\n', kept);
    }

    /// <summary>A line that is nothing but <c>[message_id: …]</c>. By hand: a pattern for it backtracks for hours on a long line.</summary>
    private static bool IsMessageId(string line)
    {
        const string Lead = "[message_id:";
        var text = line.AsSpan().Trim();
        return text.Length > Lead.Length + 1
            && text.StartsWith(Lead, StringComparison.OrdinalIgnoreCase)
            && text[Lead.Length..].IndexOf(']') == text.Length - Lead.Length - 1;
    }

    [GeneratedRegex(@"\A\[([^\]]+)\]\s*")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z\b|\d{4}-\d{2}-\d{2} \d{2}:\d{2}\b")]
    private static partial Regex Time();
}
