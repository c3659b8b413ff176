using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace OpenClaw.Gateway.Protocol.Schema;

/// <summary>Collects violations together with the place in the value at which the validator stands.</summary>
/// <remarks>Places become text only when something is wrong there: a valid value costs no memory.</remarks>
internal ref struct SchemaErrors
{
    /// <summary>More violations than this are not collected: the answer stays small whatever was sent.</summary>
    public const int Max = 64;

    private readonly bool _silent;
    private Segments _segments;
    private int _depth;
    private List<string>? _texts;

    private SchemaErrors(bool silent) => _silent = silent;

    /// <summary>Number of violations so far.</summary>
    public readonly int Count => _texts?.Count ?? 0;

    /// <summary>True when looking for more is of no use: the list is full, or one violation is enough.</summary>
    public readonly bool Full => _silent || Count >= Max;

    /// <summary>A collector of texts.</summary>
    public static SchemaErrors Collecting() => new(silent: false);

    /// <summary>A collector that only lets the checks answer yes or no.</summary>
    public static SchemaErrors Silent() => new(silent: true);

    /// <summary>Steps into a property.</summary>
    public void Enter(string name) => _segments[_depth++] = new Segment(name, 0);

    /// <summary>Steps into an element.</summary>
    public void Enter(int index) => _segments[_depth++] = new Segment(null, index);

    /// <summary>Steps out again.</summary>
    public void Leave() => _depth--;

    /// <summary>Forgets what was added since <see cref="Count"/> was <paramref name="count"/>.</summary>
    public readonly void Forget(int count) => _texts?.RemoveRange(count, _texts.Count - count);

    /// <summary>Adds a violation of the value itself. Always false, to be returned.</summary>
    public bool Add(string message)
    {
        if (Full)
            return false;
        (_texts ??= []).Add(_depth == 0 ? message : $"at {Path()}: {message}");
        return false;
    }

    /// <summary>Adds a property that must not be there. Always false, to be returned.</summary>
    public bool AddUnexpected(string name)
    {
        if (IsBlank(name))
            return Add("must NOT have additional properties");
        if (Full)
            return false;
        (_texts ??= []).Add($"at {(_depth == 0 ? "root" : Path())}: unexpected property '{name}'");
        return false;
    }

    /// <summary>All violations once, in the order in which they were found, or null.</summary>
    public override readonly string? ToString() => _texts is null ? null : string.Join("; ", _texts.Distinct(StringComparer.Ordinal));

    private readonly string Path()
    {
        var path = new StringBuilder();
        for (var i = 0; i < _depth; i++)
        {
            path.Append('/');
            if (_segments[i].Name is { } name)
                path.Append(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
            else
                path.Append(CultureInfo.InvariantCulture, $"{_segments[i].Index}");
        }
        return path.ToString();
    }

    // What ECMAScript's trim leaves nothing of.
    private static bool IsBlank(string name) => name.All(c => c == '\uFEFF' || (char.IsWhiteSpace(c) && c != '\u0085'));

    private readonly record struct Segment(string? Name, int Index);

    [InlineArray(SchemaBuilder.MaxDepth)]
    private struct Segments
    {
        private Segment _first;
    }
}
