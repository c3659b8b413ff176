using System.Text;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>
/// Streamed text whose pieces may have been cut between the two halves of a character, as servers do that count in UTF-16: the halves are
/// put together again, and one without the other becomes U+FFFD, so that what comes out is valid text.
/// </summary>
internal sealed class PairedText
{
    private char? _half;

    /// <summary>What is whole with the next piece; may be empty.</summary>
    public string Next(string piece)
    {
        if (_half is null && piece.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
            return piece;
        if (piece.Length == 0)
            return "";
        var text = _half + piece;
        _half = char.IsHighSurrogate(text[^1]) ? text[^1] : null;
        return Mend(_half is null ? text : text[..^1]);
    }

    /// <summary>What is left at the end; null for nothing.</summary>
    public string? Rest()
    {
        var rest = _half is null ? null : "\uFFFD";
        _half = null;
        return rest;
    }

    /// <summary>The text with U+FFFD in place of each half without the other.</summary>
    public static string Mend(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
