using System.Text;

namespace OpenClaw.Gateway.Core.Sessions.Listing;

/// <summary>
/// A name for a conversation nobody named: <c>telegram:g-family-chat</c>, <c>slack:#general</c>.
/// </summary>
internal static class GroupName
{
    public static string Build(string channel, string? groupChannel, string? space, string? subject, string idOrKey)
    {
        var provider = channel.Trim().ToLowerInvariant() is { Length: > 0 } named ? named : "group";
        var room = groupChannel?.Trim() ?? "";
        var place = space?.Trim() ?? "";
        var detail = room.Length > 0 && place.Length > 0
            ? place + (room.StartsWith('#') ? "" : "#") + room
            : new[] { room, subject?.Trim() ?? "", place }.FirstOrDefault(static part => part.Length > 0) ?? idOrKey;

        var token = Token(detail);
        if (token.Length == 0)
            token = Token(Shorten(detail.Trim()));
        if (string.IsNullOrEmpty(groupChannel))
            token = token.TrimStart('#');
        if (token.Length > 0 && token[0] is not ('@' or '#') && !token.StartsWith("g-", StringComparison.Ordinal) && !token.Contains('#', StringComparison.Ordinal))
            token = "g-" + token;
        return token.Length > 0 ? $"{provider}:{token}" : provider;
    }

    /// <summary>Lower case; whatever is not a letter, digit or one of <c>#@._+-</c> becomes a dash.</summary>
    private static string Token(string text)
    {
        var token = new StringBuilder(text.Length);
        foreach (var c in text.Trim().ToLowerInvariant())
        {
            var kept = char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '#' or '@' or '.' or '_' or '+' ? c : '-';
            if (kept != '-' || token.Length == 0 || token[^1] != '-')
                token.Append(kept);
        }
        return token.ToString().Trim('-', '.');
    }

    private static string Shorten(string text) => text.Length <= 14 ? text : $"{text[..6]}...{text[^4..]}";
}
