using System.Globalization;
using System.Text.RegularExpressions;
using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>
/// <c>/queue [mode] [debounce:&lt;time&gt;] [cap:&lt;n&gt;] [drop:&lt;policy&gt;]</c> or <c>/queue reset</c> in a message. Alone it
/// sets the session; beside other text it holds for that message.
/// </summary>
internal sealed partial record QueueDirective
{
    /// <summary>The message without the directive; empty when it is nothing else.</summary>
    public string Rest { get; private init; } = "";

    public QueueMode? Mode { get; private init; }

    /// <summary>Back to what the configuration says.</summary>
    public bool Reset { get; private init; }

    public double? DebounceMs { get; private init; }

    public int? Cap { get; private init; }

    public QueueDropPolicy? Drop { get; private init; }

    /// <summary>What could not be read, as it is told the user.</summary>
    public IReadOnlyList<string> Errors { get; private init; } = [];

    /// <summary>Nothing is asked for: show what holds.</summary>
    public bool IsQuestion => Mode is null && !Reset && DebounceMs is null && Cap is null && Drop is null && Errors.Count == 0;

    /// <summary>The directive of a message; null when it has none. Words that only look like one are left to the model.</summary>
    public static QueueDirective? Find(string message)
    {
        if (Pattern().Match(message) is not { Success: true } match)
            return null;
        var directive = new QueueDirective();
        var end = match.Index + match.Length;
        var isFirst = message[..match.Index].Trim().Length == 0;
        foreach (var word in Words(message, end))
        {
            if (directive.With(message[word]) is not { } more)
            {
                // "/queue fast": the only word after it was meant for it.
                if (isFirst && directive.IsQuestion && message[word.End..].Trim().Length == 0)
                    return directive with { Errors = [$"Unrecognized queue mode \"{message[word]}\". Valid modes: steer, followup, collect, steer+backlog, interrupt."] };
                break;
            }
            (directive, end) = (more, word.End.Value);
            if (directive.Reset)
                break;
        }
        var rest = (message[..match.Index] + message[end..]).Trim();
        return directive.IsQuestion && rest.Length > 0 ? null : directive with { Rest = rest };
    }

    /// <summary>With one more word; null when the word does not belong to it.</summary>
    private QueueDirective? With(string word)
    {
        var lower = word.ToLowerInvariant();
        if (lower is "default" or "reset" or "clear")
            return this with { Reset = true };
        if (QueueSettings.ParseMode(lower) is { } mode)
            return this with { Mode = mode };
        var at = lower.IndexOfAny([':', '=']);
        var value = at < 0 ? "" : word[(at + 1)..];
        return (at < 0 ? "" : lower[..at]) switch
        {
            "debounce" => ReadTime(value) is { } ms ? this with { DebounceMs = ms } : Wrong($"Invalid debounce \"{value}\". Use ms/s/m (e.g. debounce:1500ms, debounce:2s)."),
            "cap" => ReadCap(value) is { } cap ? this with { Cap = cap } : Wrong($"Invalid cap \"{value}\". Use a positive integer (e.g. cap:10)."),
            "drop" => QueueSettings.ParseDrop(value) is { } drop ? this with { Drop = drop } : Wrong($"Invalid drop policy \"{value}\". Use drop:old, drop:new, or drop:summarize."),
            _ => null,
        };
    }

    private QueueDirective Wrong(string error) => this with { Errors = [.. Errors, error] };

    private static int? ReadCap(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= 1 ? (int)Math.Min(number, int.MaxValue) : null;

    private static double? ReadTime(string value)
    {
        var match = Time().Match(value);
        if (!match.Success || !double.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;
        var ms = Math.Round(number * match.Groups[2].Value.ToLowerInvariant() switch { "s" => 1_000, "m" => 60_000, "h" => 3_600_000, "d" => 86_400_000, _ => 1 });
        return ms >= 1 ? QueueSettings.Limit(ms).TotalMilliseconds : null;
    }

    private static IEnumerable<Range> Words(string text, int from)
    {
        for (var i = from; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }
            var start = i;
            while (i < text.Length && !char.IsWhiteSpace(text[i]))
                i++;
            yield return start..i;
        }
    }

    [GeneratedRegex(@"(?<=^|\s)/queue(?:\s*:|(?=\s|$))", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^(\d{1,12}(?:\.\d{1,6})?)(ms|s|m|h|d)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Time();
}
