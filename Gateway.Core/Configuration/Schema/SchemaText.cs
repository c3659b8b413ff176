using System.Text.RegularExpressions;

namespace OpenClaw.Gateway.Core.Configuration.Schema;

/// <summary>One line of a schema definition and the lines indented under it.</summary>
internal sealed partial record SchemaLine(string Key, string Suffix, string? Type, bool Advisory, List<SchemaLine> Children)
{
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
            var match = LinePattern().Match(line[indent..]);
            if (!match.Success || indent % 2 != 0 || depth >= open.Count)
                throw new FormatException($"Schema line not understood: {line}");
            var parsed = new SchemaLine(
                match.Groups["key"].Value, match.Groups["suffix"].Value,
                match.Groups["type"] is { Success: true } type ? type.Value : null,
                match.Groups["advisory"].Success, []);
            open[depth].Add(parsed);
            open.RemoveRange(depth + 1, open.Count - depth - 1);
            open.Add(parsed.Children);
        }
        return top;
    }

    [GeneratedRegex(@"^(?<key>[^\s:]+?)(?<suffix>\.\*|\[\])?(: (?<type>.+?))?(?<advisory> ~)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex LinePattern();
}
