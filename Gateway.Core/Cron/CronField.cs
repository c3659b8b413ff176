namespace OpenClaw.Gateway.Core.Cron;

/// <summary>One field of a cron expression: which of its values match.</summary>
internal sealed class CronField
{
    private readonly bool[] _values;
    private readonly int _min;

    private CronField(int min, int max) => (_min, _values) = (min, new bool[max - min + 1]);

    /// <summary>It is <c>*</c> or <c>?</c>: no value is left out, and none was named.</summary>
    public bool IsAny { get; private init; }

    public bool Has(int value) => value >= _min && value - _min < _values.Length && _values[value - _min];

    /// <summary>Reads lists, ranges, steps and names.</summary>
    /// <param name="text">The field.</param>
    /// <param name="name">For the error.</param>
    /// <param name="min">Smallest value.</param>
    /// <param name="max">Largest value.</param>
    /// <param name="names">Names of the values from <paramref name="firstNamed"/> on, three letters each.</param>
    /// <param name="firstNamed">Value of the first name.</param>
    /// <exception cref="CronFormatException">It is no such field.</exception>
    public static CronField Parse(string text, string name, int min, int max, string[]? names = null, int firstNamed = 0)
    {
        if (text is "*" or "?")
        {
            var any = new CronField(min, max) { IsAny = true };
            Array.Fill(any._values, true);
            return any;
        }
        var field = new CronField(min, max);
        foreach (var part in text.Split(','))
            field.Add(part, name, max, names, firstNamed);
        return field;
    }

    private void Add(string part, string name, int max, string[]? names, int firstNamed)
    {
        var step = 1;
        var range = part;
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        var hasStep = slash >= 0;
        if (hasStep)
        {
            range = part[..slash];
            step = Number(part[(slash + 1)..], null, 0);
            if (step < 1 || step > max - _min + 1)
                throw Wrong("step");
        }
        int from, to;
        if (range is "*" or "")
        {
            if (!hasStep)
                throw Wrong("value");
            (from, to) = (_min, max);
        }
        else if (range.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash)
        {
            (from, to) = (Value(range[..dash]), Value(range[(dash + 1)..]));
            if (from > to)
                throw Wrong("range");
        }
        else
        {
            from = Value(range);
            to = hasStep ? max : from;
        }
        for (var value = from; value <= to; value += step)
            _values[value - _min] = true;

        int Value(string word)
        {
            var value = Number(word, names, firstNamed);
            return value >= _min && value <= max ? value : throw Wrong("value");
        }

        CronFormatException Wrong(string what) => new($"CronPattern: {name} has an invalid {what}: '{part}'");
    }

    private static int Number(string word, string[]? names, int firstNamed)
    {
        if (word.Length is > 0 and <= 4 && word.All(char.IsAsciiDigit))
            return int.Parse(word, System.Globalization.CultureInfo.InvariantCulture);
        var index = names is null ? -1 : Array.FindIndex(names, known => known.Equals(word, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? -1 : index + firstNamed;
    }
}

/// <summary>A text is no cron expression; the message says why.</summary>
internal sealed class CronFormatException(string message) : FormatException(message);
