using System.Globalization;
using System.Text.RegularExpressions;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Sessions.Listing;

/// <summary>A title for a session in lists.</summary>
internal static partial class SessionTitle
{
    /// <summary>Most characters; the peer's number.</summary>
    public const int MaxLength = 60;

    /// <summary>The given name, the group's subject, the first words of the user, or the start of the id with the date.</summary>
    public static string? Derive(SessionEntry entry, string? firstUserText)
    {
        if (entry.DisplayName?.Trim() is { Length: > 0 } name)
            return name;
        if (entry.Subject?.Trim() is { Length: > 0 } subject)
            return subject;
        if (firstUserText?.Trim() is { Length: > 0 } text)
            return Shorten(Spaces().Replace(text, " "));
        if (entry.SessionId is not { Length: > 0 } id)
            return null;
        var start = id.Length > 8 ? id[..8] : id;
        return entry.UpdatedAt is > 0 and < 253_402_300_800_000 and var time
            ? $"{start} ({DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})"
            : start;
    }

    private static string Shorten(string text)
    {
        if (text.Length <= MaxLength)
            return text;
        var length = MaxLength - 1;
        var space = text.LastIndexOf(' ', length - 1, length);
        if (space > MaxLength * 0.6)
            length = space;
        else if (char.IsHighSurrogate(text[length - 1]))
            length--;
        return text[..length] + "…";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
