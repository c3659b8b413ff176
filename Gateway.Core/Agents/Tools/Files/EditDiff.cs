using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Agents.Tools.Files;

/// <summary>Shows an edit with the lines around it, numbered: <c> 1 same</c>, <c>-2 old</c>, <c>+2 new</c>.</summary>
internal static class EditDiff
{
    private const int ContextLines = 4;

    public static JsonObject Describe(string before, string after, int at, int removed, int added)
    {
        var oldLines = Lines(before);
        var newLines = Lines(after);
        var first = LineOf(before, at);
        var oldLast = LineOf(before, at + removed);
        var newLast = LineOf(after, at + added);
        // Lines at both ends of the piece that came out the same were not changed.
        while (first <= oldLast && first <= newLast && Same(oldLines, first, newLines, first))
            first++;
        while (oldLast >= first && newLast >= first && Same(oldLines, oldLast, newLines, newLast))
        {
            oldLast--;
            newLast--;
        }
        var width = Math.Max(oldLines.Length, newLines.Length).ToString(CultureInfo.InvariantCulture).Length;
        var diff = new StringBuilder();
        var start = Math.Max(0, first - ContextLines);
        if (start > 0)
            Append(diff, ' ', width, null, "...");
        for (var i = start; i < first; i++)
            Append(diff, ' ', width, i, oldLines[i]);
        for (var i = first; i <= oldLast && i < oldLines.Length; i++)
            Append(diff, '-', width, i, oldLines[i]);
        for (var i = first; i <= newLast && i < newLines.Length; i++)
            Append(diff, '+', width, i, newLines[i]);
        var end = Math.Min(oldLines.Length, oldLast + 1 + ContextLines);
        for (var i = oldLast + 1; i < end; i++)
            Append(diff, ' ', width, i, oldLines[i]);
        if (end < oldLines.Length)
            Append(diff, ' ', width, null, "...");
        return new JsonObject { ["diff"] = diff.ToString().TrimEnd('\n'), ["firstChangedLine"] = first + 1 };
    }

    private static bool Same(string[] left, int leftAt, string[] right, int rightAt) =>
        leftAt < left.Length && rightAt < right.Length && left[leftAt] == right[rightAt];

    private static void Append(StringBuilder diff, char sign, int width, int? line, string text) =>
        diff.Append(sign).Append((line is { } number ? (number + 1).ToString(CultureInfo.InvariantCulture) : "").PadLeft(width)).Append(' ').Append(text).Append('\n');

    private static string[] Lines(string text) => (text.EndsWith('\n') ? text[..^1] : text).Split('\n');

    private static int LineOf(string text, int at) => text.AsSpan(0, Math.Min(at, text.Length)).Count('\n');
}
