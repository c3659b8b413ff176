using System.Globalization;

namespace OpenClaw.Gateway.Core.Configuration.Schema;

/// <summary>Reads the type expressions of schema definitions: <c>integer 1..65535</c>, <c>array&lt;string | number&gt;</c>, <c>"a" | "b"</c>.</summary>
internal sealed class SchemaTypeReader(string text, Func<string, SchemaType> fragment, ObjectType ownMembers)
{
    private int _offset;

    public IReadOnlyList<SchemaType> Read()
    {
        var types = ReadUnion();
        return _offset == text.Length ? types : throw Failure();
    }

    private List<SchemaType> ReadUnion()
    {
        var types = new List<SchemaType>();
        do
        {
            SkipBlanks();
            types.Add(ReadOne());
            SkipBlanks();
        }
        while (Take('|'));
        return types;
    }

    private SchemaType ReadOne()
    {
        if (Take('"'))
            return new LiteralType(Until('"'));
        if (Take('/'))
            return new StringType(Pattern: new TextPattern(Until('/')));
        if (Take('@'))
            return fragment(Word());
        switch (Word())
        {
            case "string":
                var (least, _, most) = Range();
                return new StringType((int)(least ?? 0), (int)(most ?? int.MaxValue));
            case "integer":
                return Number(integer: true);
            case "number":
                return Number(integer: false);
            case "boolean":
                return new BooleanType();
            case "any":
                return new AnyType();
            case "open":
                return ownMembers with { Open = true };
            case "object":
                return ownMembers;
            case "array":
                return new ArrayType(Argument());
            case "map":
                return new MapType(Argument());
            case "enum":
                return Take('(') ? new EnumType(Until(')').Split('|')) : throw Failure();
            default:
                throw Failure();
        }
    }

    private SchemaNode Argument()
    {
        if (!Take('<'))
            throw Failure();
        var types = ReadUnion();
        return Take('>') ? new SchemaNode(types, Advisory: false) : throw Failure();
    }

    private NumberType Number(bool integer)
    {
        var (minimum, exclusive, maximum) = Range();
        return new NumberType(integer, minimum, exclusive, maximum);
    }

    private (double? Minimum, bool Exclusive, double? Maximum) Range()
    {
        var start = _offset;
        // A range stands after a blank; without one, ">" closes the list or map around this type.
        if (!Take(' '))
            return (null, false, null);
        if (Take('>'))
        {
            var inclusive = Take('=');
            return (Value(), !inclusive, null);
        }
        var minimum = Value();
        if (_offset + 1 < text.Length && text[_offset] == '.' && text[_offset + 1] == '.')
        {
            _offset += 2;
            return (minimum, false, Value());
        }
        _offset = start;
        return (null, false, null);
    }

    private double? Value()
    {
        var start = _offset;
        while (_offset < text.Length && (char.IsAsciiDigit(text[_offset])
            || (text[_offset] == '.' && _offset + 1 < text.Length && char.IsAsciiDigit(text[_offset + 1]) && text[_offset - 1] != '.')))
        {
            _offset++;
        }
        return _offset == start ? null : double.Parse(text.AsSpan(start, _offset - start), CultureInfo.InvariantCulture);
    }

    private string Word()
    {
        var start = _offset;
        while (_offset < text.Length && char.IsAsciiLetterOrDigit(text[_offset]))
            _offset++;
        return text[start.._offset];
    }

    private string Until(char close)
    {
        var end = text.IndexOf(close, _offset);
        if (end < 0)
            throw Failure();
        var inner = text[_offset..end];
        _offset = end + 1;
        return inner;
    }

    private bool Take(char c)
    {
        if (_offset >= text.Length || text[_offset] != c)
            return false;
        _offset++;
        return true;
    }

    private void SkipBlanks()
    {
        while (_offset < text.Length && text[_offset] == ' ')
            _offset++;
    }

    private FormatException Failure() => new($"Schema type not understood at {_offset}: {text}");
}
