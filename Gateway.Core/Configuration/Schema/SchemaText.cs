namespace OpenClaw.Gateway.Core.Configuration.Schema;

/// <summary>One line of a schema definition and the lines indented under it.</summary>
internal sealed record SchemaLine(string Key, string Suffix, string? Type, bool Advisory, List<SchemaLine> Children)
{
    private const string Advice = " ~";

    /// <summary>
    /// Reads <c>key: type</c>, <c>key</c> (an object), <c>key[]</c> (a list of objects), <c>key.*</c> (a map of
    /// objects) and <c>@fragment</c> (a named part); two blanks indent, a final <c>~</c> makes a key advisory.
    /// </summary>
    public static List<SchemaLine> Read(string text)
    {
        var top = new List<SchemaLine>();
        var open = new List<List<SchemaLine>> { top };
        foreach (var raw in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var line = raw.TrimEnd();
            var indent = line.Length - line.TrimStart().Length;
            if (line.Length == indent || line[indent] == '#')
                continue;
            var depth = indent / 2;
            if (indent % 2 != 0 || depth >= open.Count || ReadOne(line[indent..]) is not { } parsed)
                throw new FormatException($"Schema line not understood: {line}");
            open[depth].Add(parsed);
            open.RemoveRange(depth + 1, open.Count - depth - 1);
            open.Add(parsed.Children);
        }
        return top;
    }

    private static SchemaLine? ReadOne(string line)
    {
        // By hand: every start of every command reads all of them.
        var isAdvisory = line.EndsWith(Advice, StringComparison.Ordinal);
        if (isAdvisory)
            line = line[..^Advice.Length];
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        var (key, type) = colon < 0 ? (line, null) : (line[..colon], line[(colon + 2)..]);
        // A key that is nothing else is its name: "[]" are the items of a list.
        var suffix = key.Length > 2 && key[^2..] is (".*" or "[]") ? key[^2..] : "";
        key = key[..^suffix.Length];
        return key.Length == 0 || type is "" || key.Any(static c => c is ':' || char.IsWhiteSpace(c)) ? null : new SchemaLine(key, suffix, type, isAdvisory, []);
    }
}
