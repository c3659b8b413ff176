using System.Globalization;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>The text form of message ids: milliseconds and counter, as Redis streams have it.</summary>
internal static class MessageId
{
    public const int CounterBits = 20;

    public static string Format(ulong id) => string.Create(
        CultureInfo.InvariantCulture,
        $"{id >> CounterBits}-{id & ((1UL << CounterBits) - 1)}");

    public static ulong? Parse(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash > 0
            && ulong.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds <= ulong.MaxValue >> CounterBits
            && ulong.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var counter)
            && counter < 1UL << CounterBits
                ? (milliseconds << CounterBits) | counter
                : null;
    }
}
