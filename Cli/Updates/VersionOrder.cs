using System.Globalization;

namespace OpenClaw.Cli.Updates;

/// <summary>Which of two versions is the newer one: numbers by their value, anything else by its letters.</summary>
internal static class VersionOrder
{
    public static int Compare(string one, string other)
    {
        var (left, right) = (one.Split('.', '-'), other.Split('.', '-'));
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            var order = ComparePart(left.ElementAtOrDefault(i), right.ElementAtOrDefault(i));
            if (order != 0)
                return order;
        }
        return 0;
    }

    private static int ComparePart(string? left, string? right)
    {
        // Missing numbers are zero: 2026.11 is 2026.11.0. A preview (2026.11.0-beta) comes before what it previews.
        if (Number(left ?? "0") is { } x && Number(right ?? "0") is { } y)
            return x.CompareTo(y);
        if (left is null || right is null)
            return left is null ? 1 : -1;
        return string.CompareOrdinal(left, right);
    }

    private static long? Number(string part) => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
