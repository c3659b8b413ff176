using System.Globalization;

namespace OpenClaw.Gateway.Protocol.Schema;

/// <summary>The order in which an ECMAScript object lists its properties: array indexes by value, then the others as they came.</summary>
internal static class EcmaScriptOrder
{
    /// <summary><paramref name="names"/>, each of which occurs once, in that order.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<string> names) =>
        names.Any(IsIndex) ? names.Where(IsIndex).OrderBy(Index).Concat(names.Where(name => !IsIndex(name))) : names;

    private static uint Index(string name) => uint.Parse(name, NumberStyles.None, CultureInfo.InvariantCulture);

    private static bool IsIndex(string name) =>
        uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && index < uint.MaxValue
        && (name.Length == 1 || name[0] != '0');
}
