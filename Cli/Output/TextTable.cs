using System.Text;

namespace OpenClaw.Cli.Output;

/// <summary>
/// A table drawn with lines. It is as wide as its content and at most as wide as it was told; the last column gives way first,
/// its texts run on in further lines.
/// </summary>
internal sealed class TextTable(int width, params string[] header)
{
    /// <summary>What a squeezed column keeps.</summary>
    private const int NarrowestColumn = 8;

    private readonly List<string[]> _rows = [];

    /// <summary>The column that gives way first, by number; the last one when nothing is said.</summary>
    public int? FirstToYield { get; init; }

    public TextTable Add(params string[] cells)
    {
        _rows.Add(Array.ConvertAll(cells, TerminalText.Harmless));
        return this;
    }

    public override string ToString()
    {
        var widths = Widths();
        var text = new StringBuilder();
        Line(text, widths, '┌', '┬', '┐');
        Row(text, widths, header);
        Line(text, widths, '├', '┼', '┤');
        foreach (var row in _rows)
            Row(text, widths, row);
        Line(text, widths, '└', '┴', '┘');
        return text.ToString();
    }

    private int[] Widths()
    {
        var widths = new int[header.Length];
        for (var column = 0; column < widths.Length; column++)
        {
            widths[column] = header[column].Length;
            foreach (var row in _rows)
                widths[column] = Math.Max(widths[column], row[column].Length);
        }
        // Each column has a line and a blank on either side of it.
        var excess = widths.Sum() + (widths.Length * 3) + 1 - width;
        foreach (var column in Enumerable.Range(0, widths.Length).OrderByDescending(column => column == FirstToYield ? widths.Length : column))
        {
            if (excess <= 0)
                break;
            var given = Math.Min(excess, Math.Max(0, widths[column] - Math.Max(NarrowestColumn, header[column].Length)));
            widths[column] -= given;
            excess -= given;
        }
        return widths;
    }

    private static void Line(StringBuilder text, int[] widths, char left, char middle, char right)
    {
        for (var column = 0; column < widths.Length; column++)
            text.Append(column == 0 ? left : middle).Append('─', widths[column] + 2);
        text.Append(right).Append('\n');
    }

    private static void Row(StringBuilder text, int[] widths, string[] cells)
    {
        var parts = new List<string>[cells.Length];
        var height = 1;
        for (var column = 0; column < cells.Length; column++)
        {
            parts[column] = Wrap(cells[column], widths[column]);
            height = Math.Max(height, parts[column].Count);
        }
        for (var line = 0; line < height; line++)
        {
            for (var column = 0; column < cells.Length; column++)
            {
                var part = line < parts[column].Count ? parts[column][line] : "";
                text.Append("│ ").Append(part).Append(' ', Math.Max(0, widths[column] - part.Length) + 1);
            }
            text.Append("│\n");
        }
    }

    /// <summary>Breaks at blanks where there are some, else anywhere.</summary>
    private static List<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.Split('\n'))
        {
            var rest = paragraph;
            while (rest.Length > width)
            {
                var at = rest.LastIndexOf(' ', width);
                var length = at > 0 ? at : width;
                lines.Add(rest[..length].TrimEnd());
                rest = rest[length..].TrimStart();
            }
            lines.Add(rest);
        }
        return lines;
    }
}
