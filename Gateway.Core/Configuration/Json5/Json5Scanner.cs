using System.Globalization;
using System.Text;

namespace OpenClaw.Gateway.Core.Configuration.Json5;

/// <summary>
/// The lexical half of the parser: blanks and comments, strings, numbers and names.
/// A method that returns false (or null) has recorded what is wrong and where.
/// </summary>
internal abstract class Json5Scanner(string text)
{
    private string? _problem;

    protected string Text { get; } = text;

    protected int Offset { get; set; }

    protected bool AtEnd => Offset >= Text.Length;

    public string Problem => _problem ?? "invalid document";

    public int ErrorOffset { get; private set; }

    protected bool Fail(string problem, int offset)
    {
        if (_problem is null)
        {
            _problem = problem;
            ErrorOffset = offset;
        }
        return false;
    }

    /// <summary>Reports the character at the current offset, or the end of the text.</summary>
    protected bool FailHere() =>
        AtEnd ? Fail("invalid end of input", Text.Length) : Fail($"invalid character {Show(Text[Offset])}", Offset);

    protected bool SkipTrivia()
    {
        while (!AtEnd)
        {
            var c = Text[Offset];
            if (IsBlank(c))
                Offset++;
            else if (c == '/')
            {
                if (!SkipComment())
                    return false;
            }
            else
                return true;
        }
        return true;
    }

    internal static bool IsBlank(char c) =>
        c is ' ' or '\t' or '\n' or '\r' or '\v' or '\f' or '\u00A0' or '\uFEFF' or '\u2028' or '\u2029'
        || (c > '\u007F' && char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator);

    internal static bool IsLineEnd(char c) => c is '\n' or '\r' or '\u2028' or '\u2029';

    internal static bool IsNameStart(char c) => c is '$' or '_' || char.IsLetter(c) || char.GetUnicodeCategory(c) == UnicodeCategory.LetterNumber;

    internal static bool IsNamePart(char c) =>
        IsNameStart(c) || c is '\u200C' or '\u200D' || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;

    protected bool ScanString(out string value)
    {
        var quote = Text[Offset++];
        var builder = new StringBuilder();
        value = "";
        while (!AtEnd)
        {
            var c = Text[Offset];
            if (c == quote)
            {
                Offset++;
                value = WellFormed(builder);
                return true;
            }
            if (c is '\n' or '\r')
                return FailHere();
            Offset++;
            if (c != '\\')
                builder.Append(c);
            else if (!ScanEscape(builder))
                return false;
        }
        return FailHere();
    }

    protected bool ScanName(out string name)
    {
        var builder = new StringBuilder();
        name = "";
        while (!AtEnd)
        {
            var at = Offset;
            var c = Text[Offset];
            if (c == '\\')
            {
                Offset++;
                if (AtEnd || Text[Offset] != 'u')
                    return FailHere();
                Offset++;
                if (!ScanHex(4, out c))
                    return false;
            }
            else if (IsNamePart(c))
                Offset++;
            else
                break;
            if (builder.Length == 0 ? !IsNameStart(c) : !IsNamePart(c))
                return Fail($"invalid identifier character {Show(c)}", at);
            builder.Append(c);
        }
        name = builder.ToString();
        return name.Length > 0 || FailHere();
    }

    protected static string Show(char c) =>
        c switch
        {
            '\'' => "'\\''",
            '\n' => "'\\n'",
            '\r' => "'\\r'",
            '\t' => "'\\t'",
            < ' ' or '\u007F' or '\u2028' or '\u2029' => $"'\\x{(int)c:x2}'",
            _ => $"'{c}'",
        };

    private bool SkipComment()
    {
        if (Offset + 1 >= Text.Length)
            return Fail("invalid end of input", Text.Length);
        if (Text[Offset + 1] == '/')
        {
            Offset += 2;
            while (!AtEnd && !IsLineEnd(Text[Offset]))
                Offset++;
            return true;
        }
        if (Text[Offset + 1] != '*')
        {
            Offset++;
            return FailHere();
        }
        var close = Text.IndexOf("*/", Offset + 2, StringComparison.Ordinal);
        if (close < 0)
            return Fail("invalid end of input", Text.Length);
        Offset = close + 2;
        return true;
    }

    private bool ScanEscape(StringBuilder builder)
    {
        if (AtEnd)
            return FailHere();
        var c = Text[Offset++];
        switch (c)
        {
            case 'b': builder.Append('\b'); return true;
            case 'f': builder.Append('\f'); return true;
            case 'n': builder.Append('\n'); return true;
            case 'r': builder.Append('\r'); return true;
            case 't': builder.Append('\t'); return true;
            case 'v': builder.Append('\v'); return true;
            case '0' when AtEnd || !char.IsAsciiDigit(Text[Offset]): builder.Append('\0'); return true;
            case >= '0' and <= '9': Offset--; return FailHere();
            case 'x':
            case 'u':
                if (!ScanHex(c == 'x' ? 2 : 4, out var unit))
                    return false;
                builder.Append(unit);
                return true;
            case '\r':
                if (!AtEnd && Text[Offset] == '\n')
                    Offset++;
                return true;
            case '\n' or '\u2028' or '\u2029': return true;
            default: builder.Append(c); return true;
        }
    }

    private bool ScanHex(int digits, out char unit)
    {
        unit = '\0';
        var value = 0;
        for (var i = 0; i < digits; i++)
        {
            if (AtEnd || !char.IsAsciiHexDigit(Text[Offset]))
                return FailHere();
            value = (value << 4) | Convert.ToInt32(Text[Offset++].ToString(), 16);
        }
        unit = (char)value;
        return true;
    }

    /// <summary>Half a surrogate pair cannot be written as UTF-8 again; it becomes U+FFFD here rather than an error later.</summary>
    private static string WellFormed(StringBuilder builder)
    {
        for (var i = 0; i < builder.Length; i++)
        {
            if (char.IsHighSurrogate(builder[i]) && i + 1 < builder.Length && char.IsLowSurrogate(builder[i + 1]))
                i++;
            else if (char.IsSurrogate(builder[i]))
                builder[i] = '\uFFFD';
        }
        return builder.ToString();
    }
}
