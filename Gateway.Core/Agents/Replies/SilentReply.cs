namespace OpenClaw.Gateway.Core.Agents.Replies;

/// <summary>The word by which a model says that nothing should be sent.</summary>
internal static class SilentReply
{
    public const string Token = "NO_REPLY";

    /// <summary>The text begins or ends with the token as a word of its own.</summary>
    public static bool IsSilent(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.StartsWith(Token, StringComparison.Ordinal) && (trimmed.Length == Token.Length || !IsWord(trimmed[Token.Length])))
            return true;
        return trimmed.EndsWith(Token, StringComparison.Ordinal) && !IsWord(trimmed[^(Token.Length + 1)]);
    }

    /// <summary>The part of a growing text that can be shown: not a last line that may become the token, nothing after a leading one.</summary>
    public static string Showable(string text)
    {
        var trimmed = text.TrimStart();
        if (trimmed.StartsWith(Token, StringComparison.Ordinal) && IsSilent(trimmed))
            return "";
        var lineStart = text.LastIndexOf('\n') + 1;
        var line = text.AsSpan(lineStart).Trim();
        return line.Length > 0 && Token.AsSpan().StartsWith(line, StringComparison.Ordinal) ? text[..lineStart].TrimEnd() : text;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
