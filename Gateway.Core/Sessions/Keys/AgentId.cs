namespace OpenClaw.Gateway.Core.Sessions.Keys;

/// <summary>
/// Agent ids as the state dir spells them: <c>[a-z0-9][a-z0-9_-]{0,63}</c>. A normalised id is a folder name,
/// so it can never carry a separator or a dot.
/// </summary>
internal static class AgentId
{
    /// <summary>The agent of an installation that configures none.</summary>
    public const string Default = "main";

    /// <summary>Longest id in characters; the rest is cut.</summary>
    public const int MaxLength = 64;

    /// <summary>Maps any text to a valid id: lower case, runs of other characters become one dash; nothing left means <see cref="Default"/>.</summary>
    public static string Normalize(string? text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
            return Default;

        // A valid id is kept as it is, trailing dashes included; only an invalid one is trimmed.
        if (IsValid(trimmed))
            return trimmed.ToString().ToLowerInvariant();

        var builder = new System.Text.StringBuilder(Math.Min(trimmed.Length, MaxLength));
        var gap = false;
        foreach (var raw in trimmed)
        {
            var c = char.ToLowerInvariant(raw);
            if (!IsIdCharacter(c))
            {
                gap = true;
                continue;
            }
            if (gap)
                builder.Append('-');
            gap = false;
            builder.Append(c);
        }

        var id = builder.ToString().Trim('-');
        if (id.Length > MaxLength)
            id = id[..MaxLength];
        return id.Length == 0 ? Default : id;
    }

    private static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength || !char.IsAsciiLetterOrDigit(text[0]))
            return false;
        foreach (var c in text)
        {
            if (!IsIdCharacter(char.ToLowerInvariant(c)))
                return false;
        }
        return true;
    }

    private static bool IsIdCharacter(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_';
}
