using System.Globalization;

namespace OpenClaw.Gateway.Core.Configuration.Json5;

/// <summary>Recursive descent over the JSON5 grammar (https://spec.json5.org).</summary>
internal sealed class Json5Parser(string text) : Json5Scanner(text)
{
    private int _depth;

    /// <summary>The root value, or null when the text is not JSON5 (see <see cref="Json5Scanner.Problem"/>).</summary>
    public Json5Node? ParseDocument()
    {
        var root = ParseValue();
        if (root is null || !SkipTrivia())
            return null;
        if (AtEnd)
            return root;
        FailHere();
        return null;
    }

    private Json5Node? ParseValue()
    {
        if (!SkipTrivia())
            return null;
        if (AtEnd)
        {
            FailHere();
            return null;
        }
        var start = Offset;
        switch (Text[Offset])
        {
            case '{':
                return Nested(ParseObject);
            case '[':
                return Nested(ParseArray);
            case '"' or '\'':
                return ScanString(out var value) ? new Json5String(start, Offset, value) : null;
            case 't':
                return ParseLiteral("true", true);
            case 'f':
                return ParseLiteral("false", false);
            case 'n':
                return ParseLiteral("null", null);
            default:
                return ParseNumber();
        }
    }

    private Json5Node? Nested(Func<Json5Node?> parse)
    {
        if (_depth == Json5Document.MaxDepth)
        {
            Fail($"nesting deeper than {Json5Document.MaxDepth}", Offset);
            return null;
        }
        _depth++;
        var node = parse();
        _depth--;
        return node;
    }

    private Json5Object? ParseObject()
    {
        var start = Offset++;
        var members = new List<Json5Member>();
        while (SkipTrivia())
        {
            if (!AtEnd && Text[Offset] == '}')
            {
                Offset++;
                return new Json5Object(start, Offset, members);
            }
            var member = ParseMember();
            if (member is null)
                return null;
            members.Add(member);
            if (!SkipSeparator('}'))
                return null;
        }
        return null;
    }

    private Json5Member? ParseMember()
    {
        var start = Offset;
        if (AtEnd)
        {
            FailHere();
            return null;
        }
        var quoted = Text[Offset] is '"' or '\'';
        if (!(quoted ? ScanString(out var name) : ScanName(out name)))
            return null;
        var nameEnd = Offset;
        if (!SkipTrivia())
            return null;
        if (AtEnd || Text[Offset] != ':')
        {
            FailHere();
            return null;
        }
        Offset++;
        var value = ParseValue();
        return value is null ? null : new Json5Member(name, start, nameEnd, value);
    }

    private Json5Array? ParseArray()
    {
        var start = Offset++;
        var items = new List<Json5Node>();
        while (SkipTrivia())
        {
            if (!AtEnd && Text[Offset] == ']')
            {
                Offset++;
                return new Json5Array(start, Offset, items);
            }
            var item = ParseValue();
            if (item is null)
                return null;
            items.Add(item);
            if (!SkipSeparator(']'))
                return null;
        }
        return null;
    }

    private bool SkipSeparator(char close)
    {
        if (!SkipTrivia())
            return false;
        if (!AtEnd && Text[Offset] == ',')
        {
            Offset++;
            return true;
        }
        return (!AtEnd && Text[Offset] == close) || FailHere();
    }

    private Json5Literal? ParseLiteral(string word, bool? value)
    {
        var start = Offset;
        foreach (var c in word)
        {
            if (AtEnd || Text[Offset] != c)
            {
                FailHere();
                return null;
            }
            Offset++;
        }
        return new Json5Literal(start, Offset, value);
    }

    private Json5Node? ParseNumber()
    {
        var start = Offset;
        var negative = Text[Offset] == '-';
        if (Text[Offset] is '+' or '-')
            Offset++;
        if (AtEnd)
        {
            FailHere();
            return null;
        }
        switch (Text[Offset])
        {
            case 'I':
                return ParseLiteral("Infinity", null) is null ? null
                    : new Json5Number(start, Offset, negative ? double.NegativeInfinity : double.PositiveInfinity);
            case 'N':
                return ParseLiteral("NaN", null) is null ? null : new Json5Number(start, Offset, double.NaN);
            case '0' when Offset + 1 < Text.Length && Text[Offset + 1] is 'x' or 'X':
                return ParseHex(start, negative);
            default:
                return ParseDecimal(start);
        }
    }

    private Json5Node? ParseHex(int start, bool negative)
    {
        Offset += 2;
        var digits = Offset;
        double value = 0;
        while (!AtEnd && char.IsAsciiHexDigit(Text[Offset]))
            value = (value * 16) + Convert.ToInt32(Text[Offset++].ToString(), 16);
        if (Offset == digits)
        {
            FailHere();
            return null;
        }
        // 15 hex digits fit a long whatever the sign.
        if (Offset - digits > 15)
            return new Json5Number(start, Offset, negative ? -value : value);
        var exact = long.Parse(Text.AsSpan(digits, Offset - digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return new Json5Integer(start, Offset, negative ? -exact : exact);
    }

    private Json5Node? ParseDecimal(int start)
    {
        var whole = SkipDigits();
        if (whole > 1 && Text[Offset - whole] == '0')
        {
            Offset -= whole - 1;
            FailHere();
            return null;
        }
        var integral = true;
        var fraction = 0;
        if (!AtEnd && Text[Offset] == '.')
        {
            Offset++;
            integral = false;
            fraction = SkipDigits();
        }
        if (whole + fraction == 0)
        {
            FailHere();
            return null;
        }
        if (!AtEnd && Text[Offset] is 'e' or 'E')
        {
            Offset++;
            integral = false;
            if (!AtEnd && Text[Offset] is '+' or '-')
                Offset++;
            if (SkipDigits() == 0)
            {
                FailHere();
                return null;
            }
        }
        var written = Text.AsSpan(start, Offset - start);
        if (integral && long.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exact))
            return new Json5Integer(start, Offset, exact);
        return new Json5Number(start, Offset, double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private int SkipDigits()
    {
        var start = Offset;
        while (!AtEnd && char.IsAsciiDigit(Text[Offset]))
            Offset++;
        return Offset - start;
    }
}
